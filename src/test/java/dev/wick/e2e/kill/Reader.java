package dev.wick.e2e.kill;

import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import io.restassured.path.json.JsonPath;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads all documents again and again, and complains about half a bundle or a step back in time.
 * One thread.
 */
final class Reader {

    private final Store store;
    private final AtomicBoolean on;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private long seen;

    Reader(Store store, AtomicBoolean on) {
        this.store = store;
        this.on = on;
    }

    List<String> complaints() {
        return new ArrayList<>(complaints);
    }

    void run() {
        while (on.get()) {
            try (Http1 connection = Http1.open(store.port())) {
                while (on.get()) {
                    read(connection);
                }
            } catch (UncheckedIOException e) {
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private void read(Http1 connection) {
        Reply reply =
                connection.request(
                        "GET",
                        "store",
                        "/v1/gateways/kill/Cluster?limit=1000",
                        "",
                        "authorization: Bearer " + store.adminToken());
        if (reply.status() != 200) {
            return;
        }
        JsonPath page = new JsonPath(reply.text());
        long revision = page.getLong("revision");
        if (revision < seen) {
            complaints.add("revision " + revision + " was shown after " + seen);
        }
        seen = Math.max(seen, revision);
        List<Map<String, Object>> items = page.getList("items");
        complaints.addAll(halves(revision, items));
    }

    private static List<String> halves(long revision, List<Map<String, Object>> items) {
        Map<String, Set<String>> values = new HashMap<>();
        Map<String, Integer> parts = new HashMap<>();
        for (Map<String, Object> item : items) {
            String writer = item.get("name").toString().replaceFirst("-.*", "");
            // The default is left out.
            String value = String.valueOf(item.getOrDefault("connectTimeout", "5s"));
            values.computeIfAbsent(writer, key -> new TreeSet<>()).add(value);
            parts.merge(writer, 1, Integer::sum);
        }
        List<String> halves = new ArrayList<>();
        values.forEach(
                (writer, all) -> {
                    if (all.size() != 1 || parts.getOrDefault(writer, 0) != Writer.PARTS.size()) {
                        halves.add(
                                "revision " + revision + " shows half of " + writer + ": " + all);
                    }
                });
        return halves;
    }
}
