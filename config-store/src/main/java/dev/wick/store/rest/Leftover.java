package dev.wick.store.rest;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * What is left of a body that was refused. It is thrown away for a while before the connection is
 * closed: there are clients that hear nothing before they have sent all, and a connection that is
 * closed under them loses them the answer. Belongs to the connection's event loop.
 */
final class Leftover {

    private static final long MOST_BYTES = 256L << 20;
    private static final long LOOK_MILLIS = 500;

    /** So many looks at most, and none after one that saw nothing come. */
    private static final int LOOKS = 40;

    private final HttpServerRequest request;
    private long bytes;
    private long seen = -1;
    private int looks;

    Leftover(HttpServerRequest request) {
        this.request = request;
    }

    void drain() {
        Context loop = Vertx.currentContext();
        if (loop == null || request.isEnded()) {
            request.connection().close();
            return;
        }
        request.handler(buffer -> bytes += buffer.length());
        request.endHandler(end -> request.connection().close());
        request.exceptionHandler(gone -> request.connection().close());
        request.resume();
        loop.owner()
                .setPeriodic(
                        LOOK_MILLIS,
                        timer -> {
                            boolean stalled = bytes == seen;
                            seen = bytes;
                            if (stalled || ++looks > LOOKS || bytes > MOST_BYTES) {
                                loop.owner().cancelTimer(timer);
                                request.connection().close();
                            }
                        });
    }
}
