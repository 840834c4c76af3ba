package dev.wick.e2e.kill;

import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes bundles of three documents that carry the same number, one after the other, and notes what
 * it was told. Every other writer demands that nobody wrote in between. One thread.
 */
final class Writer {

    static final List<String> PARTS = List.of("a", "b", "c");
    private static final Pattern REVISION = Pattern.compile("\"revision\":\\s*(\\d+)");

    private final Store store;
    private final int number;
    private final boolean conditional;
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private final AtomicInteger sequences;
    private final AtomicBoolean on;
    private @Nullable Http1 connection;

    /**
     * @param sequences gives each bundle a number that none before had, for a bundle that changes
     *     nothing makes no revision
     */
    Writer(Store store, int number, AtomicInteger sequences, AtomicBoolean on) {
        this.store = store;
        this.number = number;
        this.sequences = sequences;
        this.conditional = number % 2 == 1;
        this.on = on;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    void run() {
        while (on.get()) {
            attempts.add(attempt(UUID.randomUUID().toString(), sequences.incrementAndGet()));
        }
        close();
    }

    private Attempt attempt(String id, int sequence) {
        try {
            @Nullable String etag = conditional ? etag() : null;
            return send(id, sequence, etag);
        } catch (UncheckedIOException e) {
            close();
            LockSupport.parkNanos(20_000_000);
            return new Attempt(id, number, sequence, Attempt.Told.UNKNOWN, 0);
        }
    }

    private @Nullable String etag() {
        Reply head = call("GET", "/v1/gateways/kill", "");
        return head.field("etag");
    }

    /** Sends bundle {@code sequence} under {@code id}, which may have been sent before. */
    Attempt send(String id, int sequence, @Nullable String etag) {
        String[] fields =
                etag == null
                        ? new String[] {"idempotency-key: " + id, "content-type: application/yaml"}
                        : new String[] {
                            "idempotency-key: " + id,
                            "content-type: application/yaml",
                            "if-match: " + etag
                        };
        Reply reply = call("POST", "/v1/gateways/kill/apply", bundle(number, sequence), fields);
        return switch (reply.status()) {
            case 200 -> new Attempt(id, number, sequence, Attempt.Told.WON, revision(reply));
            case 412 -> new Attempt(id, number, sequence, Attempt.Told.LOST, 0);
            case 503 -> new Attempt(id, number, sequence, Attempt.Told.UNKNOWN, 0);
            default -> throw new AssertionError(reply.status() + " " + reply.text());
        };
    }

    private Reply call(String method, String path, String body, String... fields) {
        Http1 current = connection;
        if (current == null) {
            current = Http1.open(store.port());
            connection = current;
        }
        String[] all = java.util.Arrays.copyOf(fields, fields.length + 1);
        all[fields.length] = "authorization: Bearer " + store.adminToken();
        return current.request(method, "store", path, body, all);
    }

    void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private static String bundle(int writer, int sequence) {
        StringBuilder bundle = new StringBuilder();
        for (String part : PARTS) {
            bundle.append(
                    "kind: Cluster\nname: w%d-%s\nendpoints: []\nconnectTimeout: %dms\n---\n"
                            .formatted(writer, part, sequence));
        }
        return bundle.toString();
    }

    private static long revision(Reply reply) {
        Matcher matcher = REVISION.matcher(reply.text());
        if (!matcher.find()) {
            throw new AssertionError("no revision in " + reply.text());
        }
        return Long.parseLong(matcher.group(1));
    }
}
