package peagen.bench.probeagent.edge.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import peagen.bench.probeagent.domain.conversation.Outlet;

/** One direction's way on: slices of what was read, and bytes of ours. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: a write that fails closes the channel
record Onward(Channel to, ByteBuf input) implements Outlet {

    @Override
    public void pass(int from, int end) {
        if (end > from) {
            to.write(input.retainedSlice(input.readerIndex() + from, end - from));
        }
    }

    @Override
    public void send(byte[] bytes) {
        to.write(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public void hurry() {
        to.flush();
    }
}
