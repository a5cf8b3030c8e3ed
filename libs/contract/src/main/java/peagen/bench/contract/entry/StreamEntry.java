package peagen.bench.contract.entry;

/**
 * One entry as read from a stream.
 *
 * @param id where it stands in the stream
 * @param fields its fields in the order in which they were written
 */
public record StreamEntry(EntryId id, Fields fields) {}
