package peagen.bench.collector.export;

/** Is told how an export goes on. Called on the exporting thread. */
public interface ExportProgress {

    /** What became of a file. */
    enum Done {
        /** It was uploaded. */
        UPLOADED,
        /** The same object was there already. */
        UNCHANGED,
        /** It would have been uploaded. */
        PENDING
    }

    /** {@code sent} of the {@code size} bytes of object {@code url} are there. */
    void sent(String url, long sent, long size);

    /** File for object {@code url}, {@code size} bytes, is done with. */
    void done(String url, long size, Done done);
}
