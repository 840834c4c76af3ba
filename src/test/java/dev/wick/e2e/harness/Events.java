package dev.wick.e2e.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** A stream of server-sent events from a store, read one at a time. One thread. */
public final class Events implements AutoCloseable {

    /** {@code name} is empty where the event had none. */
    public record Event(String name, String id, String data) {

        /** The n of the id {@code epoch.n}. */
        public long revision() {
            return Long.parseLong(id.substring(id.lastIndexOf('.') + 1));
        }
    }

    private final Http1 connection;
    private final InputStream in;

    private Events(Store store, String request) {
        connection = Http1.open(store.port());
        connection.send(request);
        Http1.Head head = connection.head();
        if (head.status() != 200) {
            connection.close();
            throw new AssertionError(head.toString());
        }
        in = connection.body(head, new ArrayList<>());
    }

    public static Events get(Store store, String path) {
        return new Events(store, head(store, "GET", path, "") + "\r\n");
    }

    public static Events post(Store store, String path, String json) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        String fields = "content-type: application/json\r\ncontent-length: " + length + "\r\n";
        return new Events(store, head(store, "POST", path, fields) + "\r\n" + json);
    }

    private static String head(Store store, String method, String path, String fields) {
        return "%s %s HTTP/1.1\r\nhost: store\r\naccept: text/event-stream\r\nauthorization: Bearer %s\r\n%s"
                .formatted(method, path, store.adminToken(), fields);
    }

    /** The next event; comments are passed over. */
    public Event next() {
        String name = "";
        String id = "";
        StringBuilder data = new StringBuilder();
        try {
            while (true) {
                String line = Wire.line(in);
                if (line == null) {
                    throw new AssertionError("the stream ended");
                }
                if (line.isEmpty() && !data.isEmpty()) {
                    return new Event(name, id, data.toString());
                }
                String value = line.substring(line.indexOf(':') + 1).strip();
                if (line.startsWith("event:")) {
                    name = value;
                } else if (line.startsWith("id:")) {
                    id = value;
                } else if (line.startsWith("data:")) {
                    data.append(value);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next event whose data has the field {@code field}. */
    public Event nextWith(String field) {
        Event event = next();
        while (!event.data().contains("\"" + field + "\":")) {
            event = next();
        }
        return event;
    }

    @Override
    public void close() {
        connection.close();
    }
}
