package dev.wick.store.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.io.InputStream;

/** Bodies that come in, within bounds. */
final class Upload {

    /** A bundle, a document, or what an instance holds may be as large as this. */
    static final int LARGE = 64 << 20;

    static final int SMALL = 1 << 20;

    private Upload() {}

    /** All of it, or a refusal that is thrown. */
    static byte[] read(RoutingContext context, InputStream body, int most) {
        long announced = announced(context);
        if (announced > most) {
            throw tooLarge(context, announced + " bytes", most);
        }
        try {
            byte[] bytes = body.readNBytes(most);
            if (bytes.length == most && body.read() >= 0) {
                throw tooLarge(context, "more than " + most + " bytes", most);
            }
            return bytes;
        } catch (IOException e) {
            // The client went in the middle of it: nobody hears this, and it is no error of ours.
            throw Problems.refusal(400, "body: cut off (expected: all of it)");
        }
    }

    /** 0 where it is not said. */
    private static long announced(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private static WebApplicationException tooLarge(
            RoutingContext context, String found, int most) {
        context.addEndHandler(answered -> new Leftover(context.request()).drain());
        String detail =
                "body: %s (expected: at most %d MiB); split it into several"
                        .formatted(found, most >> 20);
        return new WebApplicationException(
                Problems.of(413, detail).header("Connection", "close").build());
    }
}
