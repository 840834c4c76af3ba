package dev.wick.gateway.client;

import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** One request under way and whoever hears of it. Confined to its loop. */
abstract sealed class ClientCall extends Deadline implements Call {

    final Loop loop;
    final ClientRequest request;

    /** Ends what it runs on; null where that is nothing. */
    private @Nullable Runnable abandon;

    private boolean done;
    private boolean answering;
    private boolean sentAgain;

    private ClientCall(Loop loop, ClientRequest request) {
        this.loop = loop;
        this.request = request;
    }

    /** A call whose answer is told as a whole. */
    static ClientCall whole(Loop loop, ClientRequest request, Answered answered) {
        return new Whole(loop, request, answered);
    }

    /** A call whose answer is told as it comes. */
    static ClientCall stream(Loop loop, ClientRequest request, Streamed streamed) {
        return new Stream(loop, request, streamed);
    }

    /** True once nothing more will be told. */
    final boolean done() {
        return done;
    }

    /**
     * @param abandoned ends what the call runs on from now on, where nobody waits for it any more
     */
    final void on(Runnable abandoned) {
        abandon = abandoned;
    }

    /**
     * Whether it may be sent once more after a kept connection died under it: nothing was heard,
     * and sending it twice does no harm.
     */
    final boolean sendAgain() {
        if (done || answering || sentAgain || !request.method().equals("GET")) {
            return false;
        }
        sentAgain = true;
        return true;
    }

    final void head(ResponseHead head) {
        answering = true;
        Headers headers = new Headers();
        for (int i = 0; i < head.headers().size(); i++) {
            headers.add(head.headers().name(i), head.headers().value(i));
        }
        headed(head.status(), headers);
    }

    /** Becomes the owner of the part. */
    final void body(ByteBuf part) {
        byte[] bytes = new byte[part.readableBytes()];
        part.readBytes(bytes);
        part.release();
        if (!done) {
            came(bytes);
        }
    }

    final void complete() {
        if (finish()) {
            completed();
        }
    }

    final void fail(String why) {
        if (finish()) {
            failed(why);
        }
    }

    private boolean finish() {
        boolean first = !done;
        done = true;
        abandon = null;
        disarm();
        return first;
    }

    @Override
    protected void expired() {
        stop("timeout: no answer within " + request.timeoutMillis() + " ms");
    }

    @Override
    public void cancel() {
        Runnable on = abandon;
        finish();
        if (on != null) {
            on.run();
        }
    }

    final void stop(String why) {
        Runnable on = abandon;
        fail(why);
        if (on != null) {
            on.run();
        }
    }

    abstract void headed(int status, Headers headers);

    abstract void came(byte[] part);

    abstract void completed();

    abstract void failed(String why);

    private static final class Whole extends ClientCall {

        private final Answered answered;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
        private int status;
        private Headers headers = new Headers();

        Whole(Loop loop, ClientRequest request, Answered answered) {
            super(loop, request);
            this.answered = answered;
        }

        @Override
        void headed(int status, Headers headers) {
            this.status = status;
            this.headers = headers;
        }

        @Override
        void came(byte[] part) {
            if (body.size() + part.length > request.mostOctets()) {
                stop("answer: longer than " + request.mostOctets() + " octets");
                return;
            }
            try {
                body.write(part);
            } catch (IOException never) {
                throw new UncheckedIOException(never);
            }
        }

        @Override
        void completed() {
            answered.answered(new Answer(status, headers, body.toByteArray()));
        }

        @Override
        void failed(String why) {
            answered.failed(why);
        }
    }

    private static final class Stream extends ClientCall {

        private final Streamed streamed;

        Stream(Loop loop, ClientRequest request, Streamed streamed) {
            super(loop, request);
            this.streamed = streamed;
        }

        @Override
        void headed(int status, Headers headers) {
            disarm();
            streamed.head(status, headers);
        }

        @Override
        void came(byte[] part) {
            streamed.bytes(part);
        }

        @Override
        void completed() {
            streamed.ended("");
        }

        @Override
        void failed(String why) {
            streamed.ended(why);
        }
    }
}
