package peagen.bench.probeagent.edge.proxy;

import io.netty.buffer.ByteBuf;

/** What the connections of one event loop have in common. For that loop's thread alone. */
final class LoopShare {

    private final Crowd crowd = new Crowd();
    private final byte[] room;

    /** One with room for reads of {@code readBytes}. */
    LoopShare(int readBytes) {
        room = new byte[readBytes];
    }

    /** Which of them had something to say of late. */
    Crowd crowd() {
        return crowd;
    }

    /** What connection {@code number} has read, where it can be looked at; good until the next read of any of them. */
    byte[] read(long number, ByteBuf input) {
        crowd.heard(number, System.nanoTime());
        int length = input.readableBytes();
        byte[] bytes = length <= room.length ? room : new byte[length];
        input.getBytes(input.readerIndex(), bytes, 0, length);
        return bytes;
    }
}
