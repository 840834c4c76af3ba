package dev.wick.store.rest;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A body that comes in, within bounds. */
public final class Upload {

    /** A bundle, or what an instance holds, may be as large as this. */
    static final int LARGE = 64 << 20;

    static final int SMALL = 1 << 20;

    /**
     * So much of a body that is too large is read and thrown away, for clients that hear nothing
     * before they have sent all.
     */
    private static final long DRAINED = 192L << 20;

    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    @HeaderParam("Content-Length")
    @Nullable Long announced;

    @HeaderParam("Expect")
    @Nullable String expect;

    @Context
    @SuppressWarnings("NullAway.Init")
    RoutingContext context;

    /** All of it, or a refusal that is thrown. */
    byte[] read(InputStream body, int most) {
        try {
            if (announced != null && announced > most) {
                throw tooLarge(
                        announced + " bytes",
                        most,
                        expect == null ? body : InputStream.nullInputStream());
            }
            byte[] bytes = body.readNBytes(most);
            if (bytes.length == most && body.read() >= 0) {
                throw tooLarge("more than " + most + " bytes", most, body);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WebApplicationException tooLarge(String found, int most, InputStream rest)
            throws IOException {
        drain(rest);
        context.addEndHandler(ended -> context.request().connection().close());
        return new WebApplicationException(
                Problems.of(
                                413,
                                "body: "
                                        + found
                                        + " (expected: at most "
                                        + (most >> 20)
                                        + " MiB); split it into several")
                        .header("Connection", "close")
                        .build());
    }

    private static void drain(InputStream rest) throws IOException {
        long until = System.nanoTime() + DRAIN_NANOS;
        byte[] buffer = new byte[1 << 16];
        long drained = 0;
        int read = 0;
        while (read >= 0 && drained < DRAINED && System.nanoTime() < until) {
            read = rest.read(buffer);
            drained += read;
        }
    }
}
