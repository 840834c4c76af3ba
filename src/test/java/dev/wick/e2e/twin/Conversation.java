package dev.wick.e2e.twin;

import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.RawHttp2;
import dev.wick.e2e.harness.Reply;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Has one case's conversation with one side, and writes down what was seen. */
final class Conversation {

    private static final int PATIENCE_MILLIS = 8_000;

    private final Case one;
    private final int port;
    private final Upstreams upstreams;
    private final StringBuilder seen = new StringBuilder();

    private Conversation(Case one, int port, Upstreams upstreams) {
        this.one = one;
        this.port = port;
        this.upstreams = upstreams;
    }

    /** What client and upstreams saw, without what differs from one request to the next. */
    static String held(Case one, int port, Upstreams upstreams) {
        Conversation conversation = new Conversation(one, port, upstreams);
        upstreams.begin(one.answers());
        if (one.http2()) {
            conversation.http2();
        } else {
            conversation.http1();
        }
        upstreams.received().forEach(conversation.seen::append);
        String own = "x-forwarded-port: " + port + "\n";
        return Plain.text(conversation.seen.toString().replace(own, "x-forwarded-port: own\n"));
    }

    private void http1() {
        try (Http1 client = Http1.open(port).patience(PATIENCE_MILLIS)) {
            Deque<String> methods = new ArrayDeque<>();
            for (Step step : one.client()) {
                switch (step.kind()) {
                    case SEND -> {
                        methods.add(step.text().split(" ", 2)[0]);
                        byte[] bytes = step.text().getBytes(StandardCharsets.ISO_8859_1);
                        client.send(bytes, 0, -1);
                    }
                    case READ -> show(client, methods.isEmpty() ? "GET" : methods.poll());
                    case REST -> seen.append("rest: ").append(client.rest()).append('\n');
                    case END -> client.endOutput();
                    case RESET -> client.reset();
                    default -> common(step);
                }
            }
        } catch (UncheckedIOException e) {
            seen.append(missing(e)).append('\n');
        }
    }

    private void show(Http1 client, String method) {
        Reply reply = client.reply(method);
        reply.interim().forEach(status -> seen.append("interim: ").append(status).append('\n'));
        seen.append("status: " + reply.status() + " " + reply.reason() + "\n");
        show(reply.fields(), reply.body(), reply.trailers());
        if ("close".equals(reply.field("connection"))) {
            seen.append(client.ended() ? "the connection ended\n" : "the connection goes on\n");
        }
    }

    private void show(List<Field> fields, byte[] body, List<Field> trailers) {
        for (Field field : fields) {
            seen.append("  ").append(field.name() + ": " + field.value()).append('\n');
        }
        if (body.length > 0) {
            seen.append("  body: " + new String(body, StandardCharsets.ISO_8859_1) + "\n");
        }
        if (!trailers.isEmpty()) {
            seen.append("  trailers: ").append(trailers).append('\n');
        }
    }

    private static String missing(UncheckedIOException e) {
        if (e.getCause() instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        boolean end = e.getCause() instanceof EOFException;
        return end && ("" + e.getCause().getMessage()).contains("body")
                ? "the answer was cut off"
                : "the connection ended";
    }

    private void common(Step step) {
        if (step.kind() == Step.Kind.PAUSE) {
            LockSupport.parkNanos(Long.parseLong(step.text()) * 1_000_000);
        } else if (step.kind() == Step.Kind.AWAIT) {
            try {
                upstreams.await(Integer.parseInt(step.text()));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        } else {
            throw new IllegalStateException(step + " in " + one.name());
        }
    }

    private void http2() {
        try (RawHttp2 client = RawHttp2.open(port, PATIENCE_MILLIS)) {
            Deque<Integer> streams = new ArrayDeque<>();
            for (Step step : one.client()) {
                switch (step.kind()) {
                    case SEND -> streams.add(Http2Text.send(client, step.text()));
                    case READ -> show(client, client.await(streams.poll()));
                    case RESET -> client.reset(streams.poll(), 8);
                    case REST -> client.awaitEnd();
                    default -> common(step);
                }
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            seen.append("no answer: ").append(e.getCause()).append('\n');
        }
    }

    private void show(RawHttp2 client, RawHttp2.Incoming answer) {
        List<List<Field>> heads = new ArrayList<>(answer.heads());
        for (int i = 0; i < heads.size(); i++) {
            boolean last = i == heads.size() - 1;
            seen.append(last ? "answer:\n" : "interim:\n");
            show(
                    heads.get(i),
                    last ? answer.body() : new byte[0],
                    last ? answer.trailers() : List.of());
        }
        if (!answer.complete() || !answer.reset().isEmpty()) {
            seen.append("incomplete\n");
        }
        if (!answer.reset().isEmpty() && !answer.complete()) {
            seen.append("reset: ").append(answer.reset()).append('\n');
        }
        if (!client.goaway().isEmpty()) {
            seen.append("GOAWAY: ").append(client.goaway()).append('\n');
        }
        seen.append(client.ended() ? "the connection ended\n" : "");
    }
}
