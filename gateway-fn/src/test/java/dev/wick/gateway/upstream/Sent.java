package dev.wick.gateway.upstream;

import dev.wick.gateway.client.Loop;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A request that a test sent, and what it heard of it: {@code 200 body}, or {@code UF detail}. */
final class Sent implements UpstreamEvents {
    final CompletableFuture<String> outcome = new CompletableFuture<>();
    final CountDownLatch headed = new CountDownLatch(1);
    final AtomicLong octets = new AtomicLong();
    final StringBuilder heard = new StringBuilder();
    private final Loop loop;
    private final ProxiedConnection proxied;
    private final StringBuilder body = new StringBuilder();
    private volatile boolean counting;
    private volatile Runnable onWritable = () -> {};
    private volatile UpstreamRequest request;
    private volatile int status;
    private String upgrade = "";
    private boolean high;
    volatile ResponseHead response;
    volatile Headers trailers;

    private Sent(Loop loop, ProxiedConnection proxied) {
        this.proxied = proxied;
        this.loop = loop;
    }

    static Sent get(Loop loop, Cluster cluster) {
        return send(loop, cluster, "GET", true);
    }

    /** As the request of another's connection. */
    static Sent get(Loop loop, Cluster cluster, ProxiedConnection proxied) {
        return send(new Sent(loop, proxied), loop, cluster, "GET", true);
    }

    /** With the priority HIGH. */
    static Sent high(Loop loop, Cluster cluster) {
        Sent sent = new Sent(loop, UNKNOWN);
        sent.high = true;
        return send(sent, loop, cluster, "GET", true);
    }

    static Sent send(Loop loop, Cluster cluster, String method, boolean end, String... fields) {
        return send(new Sent(loop, UNKNOWN), loop, cluster, method, end, fields);
    }

    static Sent upgrade(Loop loop, Cluster cluster, String to, String... fields) {
        Sent sent = new Sent(loop, UNKNOWN);
        sent.upgrade = to;
        return send(sent, loop, cluster, "GET", false, fields);
    }

    private static Sent send(
            Sent sent, Loop loop, Cluster cluster, String method, boolean end, String... fields) {
        RequestHead head = new RequestHead();
        head.method(method);
        head.scheme("http");
        head.authority("test");
        head.path("/");
        head.upgrade(sent.upgrade);
        for (int i = 0; i < fields.length; i += 2) {
            head.headers().add(fields[i], fields[i + 1]);
        }
        CountDownLatch made = new CountDownLatch(1);
        loop.execute(
                () -> {
                    sent.request = cluster.send(loop, head, end, null, sent.high, sent);
                    made.countDown();
                });
        await(made);
        return sent;
    }

    String outcome() throws Exception {
        return outcome.get(20, TimeUnit.SECONDS);
    }

    UpstreamRequest request() {
        return request;
    }

    /** Only counts the body, and pauses as soon as there is a head. */
    Sent countingAfterAPause() {
        counting = true;
        return this;
    }

    Sent onWritable(Runnable task) {
        onWritable = task;
        return this;
    }

    void on(Consumer<UpstreamRequest> action) {
        loop.execute(() -> action.accept(request));
    }

    Sent write(String data) {
        on(to -> to.write(Unpooled.copiedBuffer(data, StandardCharsets.ISO_8859_1)));
        return this;
    }

    Sent end() {
        on(to -> to.end(null));
        return this;
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came within 20 seconds");
            }
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    @Override
    public ProxiedConnection proxied() {
        return proxied;
    }

    @Override
    public void informational(ResponseHead head) {
        heard.append(head.status()).append(' ');
    }

    @Override
    public void head(ResponseHead head) {
        status = head.status();
        response = head;
        if (counting) {
            request.pause();
        }
        headed.countDown();
    }

    @Override
    public void body(ByteBuf data) {
        octets.addAndGet(data.readableBytes());
        if (!counting) {
            body.append(data.toString(StandardCharsets.ISO_8859_1));
        }
        data.release();
    }

    @Override
    public void end(Headers last) {
        if (last != null) {
            // They are the connection's, and another's as soon as this returns.
            Headers own = new Headers();
            own.addAll(last);
            trailers = own;
        }
        outcome.complete(heard + "" + status + " " + body);
    }

    @Override
    public void failed(UpstreamFailure why, String detail) {
        outcome.complete(why.flag() + " " + detail);
    }

    @Override
    public void writable() {
        onWritable.run();
    }
}
