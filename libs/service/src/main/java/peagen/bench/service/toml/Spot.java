package peagen.bench.service.toml;

/** A place in a file, both numbers counted from 1. */
record Spot(int line, int column) {}
