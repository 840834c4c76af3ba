package dev.wick.gateway.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.wick.model.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the store answers. Fields that it does not know are skipped, for a store may be newer;
 * what a document says is not looked at here.
 *
 * <p>Throws IOException for what is no such answer.
 */
final class Answers {

    private final byte[] body;
    private final JsonParser parser;

    /**
     * In events a document stands in an object of its own, as {@code {"kind", "name", "document":
     * {..} | null}}.
     */
    private boolean isEvent;

    private String epoch = "";
    private long revision = -1;
    private String domain = "";
    private @Nullable Part virtualHost;
    private boolean listenersChanged;
    private List<HostName> hosts = List.of();
    private List<Part> documents = List.of();
    private List<Part> listeners = List.of();
    private List<HostHealth> health = List.of();

    private Answers(byte[] body, JsonParser parser, boolean isEvent) {
        this.body = body;
        this.parser = parser;
        this.isEvent = isEvent;
    }

    static Slice slice(byte[] body, String etag) throws IOException {
        Answers answer = read(body, false);
        Part virtualHost = answer.virtualHost;
        if (virtualHost == null || answer.revision < 0 || answer.epoch.isEmpty()) {
            throw new IOException("slice without epoch, revision or virtualHost");
        }
        return new Slice(
                answer.epoch,
                answer.revision,
                etag,
                answer.domain,
                virtualHost,
                answer.documents,
                answer.health);
    }

    static ListenerSet listeners(byte[] body, String etag) throws IOException {
        Answers answer = read(body, false);
        if (answer.revision < 0 || answer.epoch.isEmpty()) {
            throw new IOException("listener set without epoch or revision");
        }
        return new ListenerSet(answer.epoch, answer.revision, etag, answer.listeners);
    }

    static Changed changed(byte[] data) throws IOException {
        Answers answer = read(data, true);
        if (answer.revision < 0) {
            throw new IOException("event without revision");
        }
        return new Changed(
                answer.revision, answer.hosts, answer.documents, answer.listenersChanged);
    }

    /** Of an event that says where to start anew: a listener set without listeners. */
    static ListenerSet reset(byte[] data) throws IOException {
        return listeners(data, "");
    }

    private static Answers read(byte[] body, boolean isEvent) throws IOException {
        try (JsonParser parser = Json.parser(body)) {
            Answers answer = new Answers(body, parser, isEvent);
            answer.expect(parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                answer.field(field, parser.nextToken());
            }
            return answer;
        }
    }

    private void field(String field, @Nullable JsonToken value) throws IOException {
        switch (field) {
            case "epoch" -> epoch = parser.getText();
            case "revision" -> revision = parser.getLongValue();
            case "domain" -> domain = parser.getText();
            case "virtualHost" -> virtualHost = document(value);
            case "listeners" -> {
                listenersChanged = value == JsonToken.VALUE_TRUE;
                listeners = value == JsonToken.START_ARRAY ? documents(value) : List.of();
            }
            case "documents" -> documents = documents(value);
            case "hosts" -> hosts = hosts(value);
            case "health" -> health = healths(value);
            default -> parser.skipChildren();
        }
    }

    private List<Part> documents(@Nullable JsonToken first) throws IOException {
        expect(first, JsonToken.START_ARRAY);
        List<Part> read = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
                next != JsonToken.END_ARRAY;
                next = parser.nextToken()) {
            read.add(document(next));
        }
        return read;
    }

    private Part document(@Nullable JsonToken first) throws IOException {
        expect(first, JsonToken.START_OBJECT);
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        String kind = "";
        String name = "";
        @Nullable Part wrapped = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("kind") && value == JsonToken.VALUE_STRING) {
                kind = parser.getText();
            } else if (field.equals("name") && value == JsonToken.VALUE_STRING) {
                name = parser.getText();
            } else if (isEvent && field.equals("document") && value == JsonToken.START_OBJECT) {
                isEvent = false;
                wrapped = document(value);
                isEvent = true;
            } else {
                parser.skipChildren();
            }
        }
        if (kind.isEmpty() || name.isEmpty()) {
            throw new IOException("document without kind or name");
        }
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        DocumentKey key = new DocumentKey(kind, name);
        if (isEvent) {
            return new Part(key, wrapped == null ? null : wrapped.json());
        }
        return new Part(key, Arrays.copyOfRange(body, start, end));
    }

    private List<HostName> hosts(@Nullable JsonToken first) throws IOException {
        expect(first, JsonToken.START_ARRAY);
        List<HostName> read = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
                next != JsonToken.END_ARRAY;
                next = parser.nextToken()) {
            read.add(host(next));
        }
        return read;
    }

    private HostName host(@Nullable JsonToken first) throws IOException {
        expect(first, JsonToken.START_OBJECT);
        String listener = "";
        String chain = "";
        String host = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "listener" -> listener = parser.getText();
                case "chain" -> chain = parser.getText();
                case "host" -> host = parser.getText();
                default -> parser.skipChildren();
            }
        }
        return new HostName(listener, chain.equals("-") ? "" : chain, host);
    }

    private List<HostHealth> healths(@Nullable JsonToken first) throws IOException {
        expect(first, JsonToken.START_ARRAY);
        List<HostHealth> read = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
                next != JsonToken.END_ARRAY;
                next = parser.nextToken()) {
            read.add(health(next));
        }
        return read;
    }

    private HostHealth health(@Nullable JsonToken first) throws IOException {
        expect(first, JsonToken.START_OBJECT);
        String cluster = "";
        String address = "";
        boolean failedCheck = false;
        boolean ejected = false;
        long ageMillis = 0;
        long leftMillis = -1;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "cluster" -> cluster = parser.getText();
                case "address" -> address = parser.getText();
                case "failedActiveHealthCheck" -> failedCheck = value == JsonToken.VALUE_TRUE;
                case "ejected" -> ejected = value == JsonToken.VALUE_TRUE;
                case "ageMillis" -> ageMillis = parser.getLongValue();
                case "ejectionLeftMillis" -> leftMillis = parser.getLongValue();
                default -> parser.skipChildren();
            }
        }
        return new HostHealth(cluster, address, failedCheck, ejected, ageMillis, leftMillis);
    }

    private void expect(@Nullable JsonToken found, JsonToken expected) throws IOException {
        if (found != expected) {
            throw new IOException("token: " + found + " (expected: " + expected + ")");
        }
    }
}
