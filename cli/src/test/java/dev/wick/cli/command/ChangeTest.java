package dev.wick.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.cli.store.Answer;
import dev.wick.cli.store.StoreClient;
import dev.wick.cli.store.UnreachableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private static final int ALL = Integer.MAX_VALUE;

    /** Takes a question and hangs up, so many times; then it refuses, and answers at last. */
    private static final class Forgetful implements AutoCloseable {

        final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        final List<String> keys = new CopyOnWriteArrayList<>();
        private final int times;
        private final List<String> refusals;

        Forgetful(int times, String... refusals) throws IOException {
            this.times = times;
            this.refusals = List.of(refusals);
            Thread thread = new Thread(this::serve, "forgetful");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    answer(client);
                } catch (IOException e) {
                    // The next one, if there is one.
                }
            }
        }

        private void answer(Socket client) throws IOException {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    client.getInputStream(), StandardCharsets.US_ASCII));
            int length = 0;
            for (String line = in.readLine();
                    line != null && !line.isEmpty();
                    line = in.readLine()) {
                if (line.startsWith("Idempotency-Key: ")) {
                    keys.add(line.substring(17));
                } else if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring(16));
                }
            }
            assertEquals(length, in.skip(length));
            int refused = keys.size() - times - 1;
            if (refused >= refusals.size()) {
                print(client, "200 OK", "{\"revision\":7}");
            } else if (refused >= 0) {
                print(client, "503 Service Unavailable", refusals.get(refused));
            }
        }

        private static void print(Socket client, String status, String body) throws IOException {
            String answer = "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s";
            client.getOutputStream()
                    .write(
                            answer.formatted(status, body.length(), body)
                                    .getBytes(StandardCharsets.US_ASCII));
        }

        StoreClient client() {
            return new StoreClient(
                    "http://127.0.0.1:" + socket.getLocalPort(), "default", null, "nowhere");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Some cuts the JDK's client makes up for by itself. */
    @AutoClose private final Forgetful store = new Forgetful(4);

    ChangeTest() throws IOException {}

    private void isMadeOnce(String method, byte[] body) throws InterruptedException {
        Answer answer = new Change(store.client()).send(method, "/x", body, Map.of());

        assertEquals("7", answer.body().at("revision").text());
        Set<String> keys = new TreeSet<>(store.keys);
        assertEquals(1, keys.size(), keys::toString);
        assertTrue(store.keys.size() > 4, store.keys::toString);
    }

    @Test
    void whatWasCutOffIsSentAgainUnderTheSameKey() throws Exception {
        isMadeOnce("POST", "text".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aDeletionToo() throws Exception {
        isMadeOnce("DELETE", new byte[0]);
    }

    @Test
    void whatStaysUnknownSaysWhichRequestToAskFor() throws Exception {
        try (Forgetful never = new Forgetful(ALL)) {
            Change change = new Change(never.client());

            UnreachableException e =
                    assertThrows(
                            UnreachableException.class,
                            () -> change.send("DELETE", "/x", new byte[0], Map.of()));
            assertTrue(
                    e.getMessage().contains("/requests/" + never.keys.getFirst()), e::getMessage);
        }
    }

    @Test
    void whatWasNeverSentIsNotInDoubt() throws Exception {
        Forgetful gone = new Forgetful(0);
        gone.close();
        Change change = new Change(gone.client());

        UnreachableException e =
                assertThrows(
                        UnreachableException.class,
                        () -> change.send("DELETE", "/x", new byte[0], Map.of()));
        assertFalse(e.asked());
        assertFalse(e.getMessage().contains("/requests/"), e::getMessage);
    }

    @Test
    void whoIsNotLetInIsNotToldWhatBecameOfAnEarlierQuestion() throws Exception {
        String unknown = "{\"requestId\":\"r\"}";
        try (Forgetful busy = new Forgetful(0, unknown, "{\"detail\":\"no room\"}")) {
            Answer answer = new Change(busy.client()).send("DELETE", "/x", new byte[0], Map.of());

            assertEquals(200, answer.status());
        }
        try (Forgetful busy = new Forgetful(0, "{\"detail\":\"no room\"}")) {
            Answer answer = new Change(busy.client()).send("DELETE", "/x", new byte[0], Map.of());

            assertEquals(503, answer.status());
        }
    }

    @Test
    void anOutcomeThatTheStoreNeverKnowsStaysUnknown() throws Exception {
        String unknown = "{\"requestId\":\"r\"}";
        try (Forgetful never =
                new Forgetful(0, unknown, unknown, unknown, unknown, unknown, unknown)) {
            Change change = new Change(never.client());

            assertThrows(
                    UnreachableException.class,
                    () -> change.send("DELETE", "/x", new byte[0], Map.of()));
            assertEquals(5, never.keys.size());
        }
    }
}
