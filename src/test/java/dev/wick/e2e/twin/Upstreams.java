package dev.wick.e2e.twin;

import dev.wick.e2e.harness.Exchange;
import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Upstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The upstreams of one side. They answer as the case under way says and keep what they received.
 * Thread-safe.
 */
final class Upstreams implements AutoCloseable {

    private static final List<List<Step>> PLAIN =
            List.of(
                    List.of(
                            new Step(
                                    Step.Kind.SEND,
                                    "HTTP/1.1 200 OK\r\nx-up: 1\r\ncontent-length: 2\r\n\r\nok")));

    private final Upstream first = Upstream.answering(exchange -> serve("up", exchange));
    private final Upstream second = Upstream.answering(exchange -> serve("up2", exchange));
    private final Http2Upstream http2 = new Http2Upstream(this);
    private final int refused = Ports.free();
    private final List<String> received = new ArrayList<>();
    private List<List<Step>> answers = PLAIN;
    private int served;

    /** Forgets what came, and answers as {@code answers} say. */
    synchronized void begin(List<List<Step>> answers) {
        this.answers = answers.isEmpty() ? PLAIN : answers;
        served = 0;
        received.clear();
    }

    /** With the ports that a configuration refers to. */
    String ports(String configuration) {
        return configuration
                .replace("@uph2", Integer.toString(http2.port()))
                .replace("@up2", Integer.toString(second.port()))
                .replace("@up", Integer.toString(first.port()))
                .replace("@refused", Integer.toString(refused));
    }

    private void serve(String name, Exchange exchange) throws IOException {
        List<Step> answer = next();
        boolean early = answer.stream().anyMatch(step -> step.kind() == Step.Kind.EARLY);
        if (!early) {
            keep(name, exchange);
        }
        boolean head = exchange.request().method().equals("HEAD");
        for (Step step : answer) {
            switch (step.kind()) {
                case SEND -> send(exchange, step.text(), head);
                case PAUSE -> LockSupport.parkNanos(Long.parseLong(step.text()) * 1_000_000);
                case END -> exchange.endAndAwait();
                case RESET -> exchange.reset();
                case READ -> keep(name, exchange);
                default -> {
                    // EARLY was looked at before; the others are a client's.
                }
            }
        }
    }

    /** The plain answer, to HEAD too, is one that HTTP allows. */
    private void send(Exchange exchange, String text, boolean head) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        boolean plain = text.equals(PLAIN.getFirst().getFirst().text());
        exchange.send(bytes, plain && head ? bytes.length - 2 : bytes.length);
    }

    synchronized List<Step> next() {
        return answers.get(Math.min(served++, answers.size() - 1));
    }

    private void keep(String name, Exchange exchange) throws IOException {
        String body = new String(exchange.body(), StandardCharsets.ISO_8859_1);
        StringBuilder text = new StringBuilder(name + " got: ");
        text.append(exchange.request().method()).append(' ');
        text.append(exchange.request().target()).append(' ');
        text.append(exchange.request().version()).append('\n');
        for (Field field : exchange.request().fields()) {
            text.append("  ").append(field.name()).append(": ").append(field.value()).append('\n');
        }
        text.append(body.isEmpty() ? "" : "  body: " + body + "\n");
        if (!exchange.trailers().isEmpty()) {
            text.append("  trailers: ").append(exchange.trailers()).append('\n');
        }
        keep(text.toString());
    }

    /** Another request, as it is to be shown. */
    synchronized void keep(String request) {
        received.add(request);
        notifyAll();
    }

    /** Waits, within bounds, until {@code count} requests have come. */
    synchronized void await(int count) throws InterruptedException {
        long deadline = System.nanoTime() + 3_000_000_000L;
        while (received.size() < count && System.nanoTime() < deadline) {
            wait(100);
        }
    }

    synchronized List<String> received() {
        return received.stream().sorted().toList();
    }

    @Override
    public void close() {
        first.close();
        second.close();
        http2.close();
    }
}
