package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.PretendStore;
import dev.wick.e2e.harness.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many first requests for one host make one fetch. */
class ManyFirstRequestsTest {

    private static final int REQUESTS = 50;

    private static final String HOST =
            """
            {"kind":"VirtualHost","name":"one","domains":["one.test"],"routes":[{"match":{"path":{"prefix":"/"}},\
            "directResponse":{"status":200,"body":"one"}}]}\
            """;

    @Test
    void first_requests_for_one_host_wait_for_one_slice() throws Exception {
        try (PretendStore store = new PretendStore();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                Gateway gateway =
                        Gateway.start(store.url(), "default", "token", "--fetch-timeout", "30s")) {
            store.put("one.test", 1, HOST, "");
            store.hold();
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                replies.add(executor.submit(() -> gateway.get("one.test", "/")));
            }
            await().until(
                            () ->
                                    gateway.admin("GET", "/stats/prometheus")
                                            .text()
                                            .lines()
                                            .anyMatch(
                                                    line ->
                                                            line.startsWith(
                                                                            "envoy_http_downstream_rq_active{")
                                                                    && line.endsWith(
                                                                            " " + REQUESTS)));

            store.answer();

            for (Future<Reply> reply : replies) {
                assertEquals("one", reply.get().text());
            }
            assertEquals(1, Collections.frequency(store.drawn(), "one.test"));
        }
    }
}
