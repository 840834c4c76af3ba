package dev.wick.store.rest;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A body that comes in, within bounds. */
public final class Upload {

    /** A bundle, a document, or what an instance holds may be as large as this. */
    static final int LARGE = 64 << 20;

    static final int SMALL = 1 << 20;

    @HeaderParam("Content-Length")
    @Nullable Long announced;

    @Context
    @SuppressWarnings("NullAway.Init")
    RoutingContext context;

    /** All of it, or a refusal that is thrown. */
    byte[] read(InputStream body, int most) {
        if (announced != null && announced > most) {
            throw tooLarge(announced + " bytes", most);
        }
        try {
            byte[] bytes = body.readNBytes(most);
            if (bytes.length == most && body.read() >= 0) {
                throw tooLarge("more than " + most + " bytes", most);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WebApplicationException tooLarge(String found, int most) {
        context.addEndHandler(answered -> new Leftover(context.request()).drain());
        String detail =
                "body: %s (expected: at most %d MiB); split it into several"
                        .formatted(found, most >> 20);
        return new WebApplicationException(
                Problems.of(413, detail).header("Connection", "close").build());
    }
}
