package dev.wick.store.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A body that comes in, within bounds: its own, and that of all which are being worked on. What is
 * made of a body takes more than itself, so that together they may be a small share of the heap.
 * Its room is held until it is closed, which is when nothing is left of it: a client that goes does
 * not end the work. Used by one thread.
 */
final class Upload implements AutoCloseable {

    /** A bundle, a document, or what an instance holds may be as large as this. */
    static final int LARGE = 64 << 20;

    static final int SMALL = 1 << 20;

    /** Its bytes, its text, its documents, and those as they are kept, with half the heap left. */
    private static final int SHARE_OF_HEAP = 16;

    private static final long PATIENCE_MILLIS = 5_000;

    private static final int STEP = 1 << 20;

    static final Room ROOM =
            new Room(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, PATIENCE_MILLIS);

    private final RoutingContext context;
    private Room.@Nullable Place place;

    Upload(RoutingContext context) {
        this.context = context;
    }

    /** All of it, or a refusal that is thrown. Once. */
    byte[] read(InputStream body, int most) {
        long announced = announced();
        if (announced > most) {
            throw tooLarge(announced + " bytes", most);
        }
        Room.Place taken = ROOM.place(announced < 0 ? most : announced);
        place = taken;
        try {
            return announced < 0
                    ? unannounced(body, taken, most)
                    : announced(body, taken, (int) announced);
        } catch (IOException e) {
            // The client went in the middle of it: nobody hears this, and it is no error of ours.
            throw cutOff();
        }
    }

    private byte[] announced(InputStream body, Room.Place taken, int length) throws IOException {
        if (!taken.grow(length)) {
            throw noRoom();
        }
        byte[] bytes = body.readNBytes(length);
        if (bytes.length < length || body.read() >= 0) {
            throw cutOff();
        }
        return bytes;
    }

    private byte[] unannounced(InputStream body, Room.Place taken, int most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] step;
        do {
            if (!taken.grow(STEP)) {
                throw noRoom();
            }
            step = body.readNBytes(STEP);
            bytes.writeBytes(step);
            if (bytes.size() > most) {
                throw tooLarge("more than " + most + " bytes", most);
            }
        } while (step.length == STEP);
        return bytes.toByteArray();
    }

    private static WebApplicationException cutOff() {
        return Problems.refusal(400, "body: cut off (expected: all of it)");
    }

    @Override
    public void close() {
        if (place != null) {
            place.close();
        }
    }

    /** -1 where it is not said. */
    private long announced() {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }

    private WebApplicationException noRoom() {
        return unread(
                Problems.of(
                                503,
                                "body: no room for it beside others that are being read; nothing"
                                        + " was changed, retry")
                        .header("Retry-After", "5"));
    }

    private WebApplicationException tooLarge(String found, int most) {
        String detail =
                "body: %s (expected: at most %d MiB); split it into several"
                        .formatted(found, most >> 20);
        return unread(Problems.of(413, detail));
    }

    private WebApplicationException unread(Response.ResponseBuilder refusal) {
        context.addEndHandler(answered -> new Leftover(context.request()).drain());
        return new WebApplicationException(refusal.header("Connection", "close").build());
    }
}
