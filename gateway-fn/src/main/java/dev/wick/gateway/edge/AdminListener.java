package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The admin port: takes whole small requests by HTTP/1.1 and has a function answer them, one at a
 * time on a thread of its own, for an answer may be large. The thread ends when nobody asks.
 */
public final class AdminListener implements AutoCloseable {

    private static final int KEEP_SECONDS = 10;
    private static final int MOST_WAITING = 1_000;

    private final Loops loops;
    private final Function<AdminRequest, AdminResponse> answers;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    KEEP_SECONDS,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(MOST_WAITING),
                    work -> {
                        Thread made = new Thread(work, "admin");
                        made.setDaemon(true);
                        return made;
                    });

    /**
     * @param answers called on a thread that may be held up
     */
    public AdminListener(Loops loops, Function<AdminRequest, AdminResponse> answers) {
        this.loops = loops;
        this.answers = answers;
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Binds.
     *
     * @return the address that is bound, with its very port; fails where it can't be
     */
    public CompletionStage<InetSocketAddress> open(InetSocketAddress address) {
        CompletableFuture<InetSocketAddress> opened = new CompletableFuture<>();
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.serverChannel())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channels.add(channel);
                                        channel.pipeline().addLast(connection(channel));
                                    }
                                })
                        .bind(address);
        bound.addListener(
                done -> {
                    if (bound.isSuccess()) {
                        channels.add(bound.channel());
                        opened.complete((InetSocketAddress) bound.channel().localAddress());
                    } else {
                        opened.completeExceptionally(bound.cause());
                    }
                });
        return opened;
    }

    private AdminConnection connection(Channel channel) {
        return new AdminConnection(loops.of(channel.eventLoop()), channel, thread, answers);
    }

    /** Closes the port and all connections to it. */
    @Override
    public void close() {
        channels.close();
        thread.shutdown();
    }
}
