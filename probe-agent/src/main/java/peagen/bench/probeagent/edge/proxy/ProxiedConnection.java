package peagen.bench.probeagent.edge.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.probeagent.domain.conversation.Conversation;

/**
 * One client and its connection to Redis. What is read on one side is followed and written to the other at once; a side that does
 * not keep up stops the reading on the other, so that no more than the sockets' buffers wait here. Lives on one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: listened to where it matters how they end
final class ProxiedConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ProxiedConnection.class);
    private static final long LEAVE_LIMIT_MILLIS = 3_000;

    private final Channel client;
    private final ConversationSource source;
    private final Followed followed;
    private final Conversation conversation;
    private final WrittenSoon soon;
    private final LoopShare share;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
    private final Promise<Void> ended;
    private @Nullable Channel server;
    private boolean draining;
    private boolean clientEnded;
    private boolean over;

    /** On the client's event loop, whose connections share {@code share}. */
    ProxiedConnection(Channel client, ConversationSource source, LoopShare share) {
        this.client = client;
        this.source = source;
        this.share = share;
        this.ended = client.eventLoop().newPromise();
        this.followed = source.follow(String.valueOf(client.remoteAddress()).replaceFirst("^/", ""));
        this.conversation = followed.conversation();
        this.soon = new WrittenSoon(client, followed.observations(), source);
    }

    ChannelHandler clientSide() {
        return new ClientSide();
    }

    ChannelHandler serverSide(Channel channel) {
        server = channel;
        return new ServerSide();
    }

    void connected() {
        if (!client.isActive()) {
            server().close();
            return;
        }
        server().config().setAutoRead(true);
        client.config().setAutoRead(!draining);
    }

    /** The client sees what it would see of a Redis that goes away: a closed connection. */
    void cannotConnect(Throwable cause) {
        LOG.atWarn()
                .addKeyValue("peer", client.remoteAddress())
                .addKeyValue("cause", cause.getMessage())
                .log("Redis cannot be reached, client is closed");
        client.close();
    }

    private Channel server() {
        return Objects.requireNonNull(server);
    }

    private final class ClientSide extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            fromClient((ByteBuf) message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            server().flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (client.isActive()) {
                server().config().setAutoRead(client.isWritable());
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                clientEnded = true;
                endServer();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (server == null || !server().isActive()) {
                end();
                Optional.ofNullable(server).ifPresent(Channel::close);
            } else {
                leave();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.atDebug()
                    .addKeyValue("peer", client.remoteAddress())
                    .setCause(cause)
                    .log("client is lost");
            client.close();
        }
    }

    private final class ServerSide extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            fromServer((ByteBuf) message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            client.flush();
            closeWhenDrained();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            readClientIfReady();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                server().close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end();
            client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.atDebug()
                    .addKeyValue("peer", client.remoteAddress())
                    .setCause(cause)
                    .log("Redis is lost");
            server().close();
        }
    }

    private void fromClient(ByteBuf input) {
        if (conversation.parked().waits() || !waiting.isEmpty()) {
            waiting.add(input);
            return;
        }
        int length = input.readableBytes();
        byte[] bytes = share.read(followed.number(), input);
        int taken = conversation.fromClient(bytes, 0, length, source.nowMicros(), new Onward(server(), input));
        if (conversation.parked().waits()) {
            waiting.add(input.skipBytes(taken));
            park();
        } else {
            input.release();
        }
        followed.announce();
        soon.see();
    }

    /** The rest of what the client sent waits until the observations are in Redis. */
    private void park() {
        client.config().setAutoRead(false);
        server().flush();
        List<EntryId> strangers = conversation.parked().strangers();
        if (strangers.isEmpty()) {
            recordParked();
        } else {
            source.introduce(strangers, followed.watch())
                    .onComplete(done -> client.eventLoop().execute(this::recordParked));
        }
    }

    private void recordParked() {
        if (over) {
            // The command will never go on: nothing of it is to be observed.
            return;
        }
        conversation.parked().settle();
        source.recordNow(followed.observations().take())
                .onComplete(recorded -> client.eventLoop().execute(this::resume));
    }

    private void resume() {
        if (over) {
            return;
        }
        conversation.parked().resume(new Onward(server(), Unpooled.EMPTY_BUFFER));
        List<ByteBuf> rest = List.copyOf(waiting);
        waiting.clear();
        rest.forEach(this::fromClient);
        server().flush();
        if (!conversation.parked().waits()) {
            if (clientEnded) {
                endServer();
            }
            readClientIfReady();
        }
    }

    private void fromServer(ByteBuf input) {
        int length = input.readableBytes();
        byte[] bytes = share.read(followed.number(), input);
        conversation.answers().fromServer(bytes, 0, length, source.nowMicros(), new Onward(client, input));
        input.release();
        followed.announce();
        soon.see();
    }

    private void readClientIfReady() {
        client.config()
                .setAutoRead(server().isWritable() && !conversation.parked().waits() && !draining);
    }

    /** The client has sent all it will send; Redis hears so behind what is still to be sent. */
    private void endServer() {
        if (!conversation.parked().waits() && server().isActive()) {
            server().writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(written -> ((DuplexChannel) server()).shutdownOutput());
        }
    }

    /** The client is gone. What it had sent still goes to Redis, as it would from a socket's buffer, and is observed. */
    private void leave() {
        clientEnded = true;
        server().config().setAutoRead(true);
        endServer();
        server().eventLoop().schedule(() -> server().close(), LEAVE_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Reads no more from the client, and closes when every command in flight was answered. */
    void drain() {
        client.eventLoop().execute(() -> {
            draining = true;
            client.config().setAutoRead(false);
            closeWhenDrained();
        });
    }

    private void closeWhenDrained() {
        if (draining && conversation.isIdle()) {
            client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Waits for nobody: what was observed until now is recorded. */
    void closeNow() {
        client.eventLoop().execute(() -> {
            client.close();
            Optional.ofNullable(server).ifPresent(Channel::close);
        });
    }

    /** Done when all that was observed is recorded, which may be after the client left: Redis still answers what it sent. */
    Future<Void> ended() {
        return ended;
    }

    /** Once, whichever side ends first. */
    private void end() {
        if (over) {
            return;
        }
        over = true;
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        List<Fields> last = followed.end(source.nowMicros());
        if (!last.isEmpty()) {
            source.record(last);
        }
        ended.setSuccess(null);
    }
}
