package peagen.bench.probeagent.edge.proxy;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Which implementation of sockets serves: Linux' own where it can be loaded, otherwise the JDK's.
 *
 * @param events what waits for events
 * @param listening what accepts
 * @param connected what reads and writes
 */
record Sockets(
        IoHandlerFactory events,
        Class<? extends ServerSocketChannel> listening,
        Class<? extends SocketChannel> connected) {

    static Sockets best() {
        return Epoll.isAvailable() ? linux() : portable();
    }

    private static Sockets linux() {
        return new Sockets(EpollIoHandler.newFactory(), EpollServerSocketChannel.class, EpollSocketChannel.class);
    }

    static Sockets portable() {
        return new Sockets(NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
    }
}
