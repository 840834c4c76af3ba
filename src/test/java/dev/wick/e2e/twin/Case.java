package dev.wick.e2e.twin;

import java.util.List;

/**
 * One conversation, had with both.
 *
 * @param differs why Wick differs here on purpose; empty where it must not
 * @param client what the client does, in order
 * @param answers what the upstreams answer: the first request the first, and the last one all that
 *     come after it
 */
record Case(String name, String differs, List<Step> client, List<List<Step>> answers) {

    boolean http2() {
        return client.stream()
                .filter(step -> step.kind() == Step.Kind.SEND)
                .findFirst()
                .map(step -> step.text().lines().findFirst().orElse("").endsWith(" HTTP/2"))
                .orElse(false);
    }
}
