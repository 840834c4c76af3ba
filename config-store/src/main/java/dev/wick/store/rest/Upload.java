package dev.wick.store.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bodies that come in, within bounds: of each, and of all that are not answered yet. What is made
 * of a body takes more than itself, so that together they may be a small share of the heap.
 */
final class Upload {

    /** A bundle, a document, or what an instance holds may be as large as this. */
    static final int LARGE = 64 << 20;

    static final int SMALL = 1 << 20;

    /** Its bytes, its text, its documents, and those as they are kept, with half the heap left. */
    private static final int SHARE_OF_HEAP = 16;

    private static final long PATIENCE_MILLIS = 5_000;

    private static final int STEP = 1 << 20;

    private static final String PLACE = "wick.place";

    static final Room ROOM =
            new Room(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, PATIENCE_MILLIS);

    private Upload() {}

    /** All of it, or a refusal that is thrown. Its room is held until the answer is sent. */
    static byte[] read(RoutingContext context, InputStream body, int most) {
        long announced = announced(context);
        if (announced > most) {
            throw tooLarge(context, announced + " bytes", most);
        }
        Room.Place place = place(context, announced < 0 ? most : announced);
        try {
            return announced < 0
                    ? unannounced(context, body, place, most)
                    : announced(context, body, place, (int) announced);
        } catch (IOException e) {
            // The client went in the middle of it: nobody hears this, and it is no error of ours.
            throw cutOff();
        }
    }

    private static byte[] announced(
            RoutingContext context, InputStream body, Room.Place place, int length)
            throws IOException {
        if (!place.grow(length)) {
            throw noRoom(context);
        }
        byte[] bytes = body.readNBytes(length);
        if (bytes.length < length || body.read() >= 0) {
            throw cutOff();
        }
        return bytes;
    }

    private static byte[] unannounced(
            RoutingContext context, InputStream body, Room.Place place, int most)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] step;
        do {
            if (!place.grow(STEP)) {
                throw noRoom(context);
            }
            step = body.readNBytes(STEP);
            bytes.writeBytes(step);
            if (bytes.size() > most) {
                throw tooLarge(context, "more than " + most + " bytes", most);
            }
        } while (step.length == STEP);
        return bytes.toByteArray();
    }

    private static Room.Place place(RoutingContext context, long bytes) {
        Room.Place place = ROOM.place(bytes);
        context.put(PLACE, place);
        context.addEndHandler(answered -> place.close());
        if (context.response().closed()) { // too early for the handler
            place.close();
            throw cutOff();
        }
        return place;
    }

    private static WebApplicationException cutOff() {
        return Problems.refusal(400, "body: cut off (expected: all of it)");
    }

    /** The body of a request whose answer does not end was made sense of, and let go. */
    static void done(RoutingContext context) {
        Room.Place place = context.get(PLACE);
        if (place != null) {
            place.close();
        }
    }

    /** -1 where it is not said. */
    private static long announced(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }

    private static WebApplicationException noRoom(RoutingContext context) {
        return unread(
                context,
                Problems.of(
                                503,
                                "body: no room for it beside others that are being read; nothing"
                                        + " was changed, retry")
                        .header("Retry-After", "5"));
    }

    private static WebApplicationException tooLarge(
            RoutingContext context, String found, int most) {
        String detail =
                "body: %s (expected: at most %d MiB); split it into several"
                        .formatted(found, most >> 20);
        return unread(context, Problems.of(413, detail));
    }

    private static WebApplicationException unread(
            RoutingContext context, Response.ResponseBuilder refusal) {
        context.addEndHandler(answered -> new Leftover(context.request()).drain());
        return new WebApplicationException(refusal.header("Connection", "close").build());
    }
}
