package peagen.bench.probeagent.edge.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import peagen.bench.service.http.CannotListenException;
import peagen.bench.service.syntax.HostPort;

/**
 * Accepts clients and gives each a connection of its own to Redis, on the same event loop: everything about a client happens on
 * one thread. Clients beyond the limit are closed at once, as Redis does.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: listened to where it matters how they end
public final class ProxyListener {

    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final int FEWEST_READ_BYTES = 256;
    private static final int FIRST_READ_BYTES = 2048;
    private static final int READ_BYTES = 64 * 1024;
    private static final int BACKLOG = 1024;

    private final ProxySettings settings;
    private final ConversationSource conversations;
    private final EventLoopGroup loops;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final FastThreadLocal<LoopShare> share = new FastThreadLocal<>() {
        @Override
        protected LoopShare initialValue() {
            return new LoopShare(READ_BYTES);
        }
    };
    private @Nullable Channel listening;

    /** A listener that does not listen yet. */
    public ProxyListener(ProxySettings settings, ConversationSource conversations) {
        this.settings = settings;
        this.conversations = conversations;
        this.loops = new MultiThreadIoEventLoopGroup(
                settings.threads(),
                new DefaultThreadFactory("proxy", true),
                NioIoHandler.newFactory(
                        SelectorProvider.provider(),
                        () -> new BriefSpin(settings.spin(), () -> share.get().crowd(), System::nanoTime)));
    }

    /** Begins to listen; fails with {@link CannotListenException}. */
    public Future<HostPort> listen() {
        Promise<HostPort> bound = Promise.promise();
        HostPort address = settings.listen();
        new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, received())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        accept(client);
                    }
                })
                .bind(address.host(), address.port())
                .addListener(done -> {
                    if (done.isSuccess()) {
                        Channel channel = ((ChannelFuture) done).channel();
                        listening = channel;
                        InetSocketAddress local = (InetSocketAddress) channel.localAddress();
                        bound.complete(new HostPort(address.host(), local.getPort()));
                    } else {
                        bound.fail(new CannotListenException(address, "--listen", done.cause()));
                    }
                });
        return bound.future().onFailure(ignored -> loops.shutdownGracefully(0, 0, TimeUnit.SECONDS));
    }

    /** As large as what comes: slices that wait for a slow reader keep the whole of the buffers that they are of. */
    private static RecvByteBufAllocator received() {
        return new AdaptiveRecvByteBufAllocator(FEWEST_READ_BYTES, FIRST_READ_BYTES, READ_BYTES);
    }

    private void accept(Channel client) {
        if (open.size() >= settings.maxConnections()) {
            client.close();
            return;
        }
        ProxiedConnection connection = new ProxiedConnection(client, conversations, share.get());
        settings.serverTls().ifPresent(tls -> client.pipeline().addLast(tls.newHandler(client.alloc())));
        client.pipeline().addLast(connection.clientSide());
        open.add(connection);
        client.closeFuture().addListener(closed -> connection.ended().addListener(recorded -> open.remove(connection)));
        connect(client, connection);
    }

    private void connect(Channel client, ProxiedConnection connection) {
        HostPort upstream = settings.upstream();
        new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, received())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel server) {
                        settings.upstreamTls()
                                .ifPresent(tls -> server.pipeline()
                                        .addLast(tls.newHandler(server.alloc(), upstream.host(), upstream.port())));
                        server.pipeline().addLast(connection.serverSide(server));
                    }
                })
                .connect(upstream.host(), upstream.port())
                .addListener(done -> {
                    if (done.isSuccess()) {
                        connection.connected();
                    } else {
                        connection.cannotConnect(done.cause());
                    }
                });
    }

    /** How many clients are connected, or gone with commands that Redis has not answered yet. */
    public int connections() {
        return open.size();
    }

    /**
     * Takes no more clients, lets the commands in flight finish, for at most the drain limit, and closes every connection. Blocking
     * reads are in flight until they end.
     */
    public Future<Void> close() {
        Promise<Void> over = Promise.promise();
        Optional.ofNullable(listening).ifPresent(Channel::close);
        open.forEach(ProxiedConnection::drain);
        long deadline = System.nanoTime() + settings.drainLimit().toNanos();
        loops.next().execute(() -> awaitEnd(deadline, over));
        return over.future();
    }

    private void awaitEnd(long deadline, Promise<Void> over) {
        boolean late = System.nanoTime() - deadline >= 0;
        if (late) {
            open.forEach(ProxiedConnection::closeNow);
        }
        if (open.isEmpty() || late) {
            loops.shutdownGracefully(late ? 50 : 0, 1_000, TimeUnit.MILLISECONDS)
                    .addListener(ended -> over.complete());
        } else {
            loops.next()
                    .schedule(
                            () -> awaitEnd(deadline, over), Duration.ofMillis(5).toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
