package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.snapshot.HostSnapshot;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.route.Mirror;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The copies of one request on their way. Confined to the exchange's loop. Nothing of it is seen by
 * the client, and a copy that is slower than the request is given up rather than waited for.
 */
final class Mirrors {

    private static final String SHADOW = "-shadow";

    private final List<MirrorCopy> copies;

    private Mirrors(List<MirrorCopy> copies) {
        this.copies = copies;
    }

    /**
     * Sends the head of a request, as it goes to its cluster, to where copies go as well.
     *
     * @param end whether there is no body
     * @param timeoutMillis after which a copy is given up; 0: never
     * @return null where no copy is made of this one, or none that has a body to come
     */
    static @Nullable Mirrors begin(
            Mirror[] mirrors,
            HostSnapshot snapshot,
            Loop loop,
            RequestHead head,
            boolean end,
            long timeoutMillis) {
        List<MirrorCopy> copies = new ArrayList<>(mirrors.length);
        for (Mirror mirror : mirrors) {
            if (mirror.takes(ThreadLocalRandom.current().nextLong())) {
                MirrorCopy copy = new MirrorCopy(loop, timeoutMillis);
                copy.send(snapshot.cluster(mirror.slot()), copy(head, mirror), end);
                copies.add(copy);
            }
        }
        return copies.isEmpty() || end ? null : new Mirrors(copies);
    }

    private static RequestHead copy(RequestHead head, Mirror mirror) {
        RequestHead copy = new RequestHead();
        copy.method(head.method());
        copy.scheme(head.scheme());
        copy.path(head.path());
        copy.authority(mirror.suffix() ? shadow(head.authority()) : head.authority());
        Headers headers = head.headers();
        for (int i = 0; i < headers.size(); i++) {
            copy.headers().add(headers.name(i), headers.value(i));
        }
        copy.headers().set("x-envoy-internal", "true");
        return copy;
    }

    /** The suffix comes before the port. */
    private static String shadow(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']')
                ? authority.substring(0, colon) + SHADOW + authority.substring(colon)
                : authority + SHADOW;
    }

    /** A part of the request's body, which stays the caller's. */
    void write(ByteBuf data) {
        for (int i = 0; i < copies.size(); i++) {
            copies.get(i).write(data);
        }
    }

    /** The request is complete: the copies go on by themselves. */
    void end(@Nullable Headers trailers) {
        for (int i = 0; i < copies.size(); i++) {
            copies.get(i).endRequest(trailers);
        }
    }

    /** The request will not be completed. */
    void close() {
        for (int i = 0; i < copies.size(); i++) {
            copies.get(i).giveUp();
        }
    }
}
