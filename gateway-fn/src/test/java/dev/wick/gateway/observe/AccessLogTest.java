package dev.wick.gateway.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The access log's lines, and how they get to their file. */
class AccessLogTest {

    @TempDir Path folder;

    private static FinishedExchange exchange() {
        FinishedExchange finished = new FinishedExchange();
        finished.startMillis = 1_795_194_611_080L;
        finished.durationMillis = 12;
        finished.method = "GET";
        finished.path = "/a";
        finished.authority = "x.test";
        finished.protocol = "HTTP/1.1";
        finished.status = 200;
        finished.bytesReceived = 3;
        finished.bytesSent = 249;
        finished.upstreamServiceMillis = 11;
        finished.forwardedFor = "192.0.2.2";
        finished.userAgent = "curl/7.88.1";
        finished.requestId = "b6391674-0d1c-4332-bfa6-b9e72d00756d";
        finished.upstreamHost = "127.0.0.1:18081";
        return finished;
    }

    private List<String> logged(FinishedExchange... exchanges) throws Exception {
        Path file = folder.resolve("access.log");
        try (AccessLog log = AccessLog.to(file, 1)) {
            for (FinishedExchange each : exchanges) {
                log.append(0, each);
            }
        }
        return Files.readAllLines(file);
    }

    @Test
    void aLineIsEnvoysDefaultFormat() throws Exception {
        assertEquals(
                List.of(
                        "[2026-11-20T17:10:11.080Z] \"GET /a HTTP/1.1\" 200 - 3 249 12 11"
                                + " \"192.0.2.2\" \"curl/7.88.1\""
                                + " \"b6391674-0d1c-4332-bfa6-b9e72d00756d\" \"x.test\""
                                + " \"127.0.0.1:18081\""),
                logged(exchange()));
    }

    @Test
    void whatIsAbsentIsADashAndFlagsAreJoined() throws Exception {
        FinishedExchange nothing = new FinishedExchange();
        nothing.protocol = "HTTP/2";
        nothing.flag(ResponseFlag.NO_ROUTE_FOUND);
        nothing.flag(ResponseFlag.DOWNSTREAM_CONNECTION_TERMINATION);
        assertEquals(
                List.of(
                        "[1970-01-01T00:00:00.000Z] \"- - HTTP/2\" 0 NR,DC 0 0 0 - \"-\" \"-\""
                                + " \"-\" \"-\" \"-\""),
                logged(nothing));
    }

    @Test
    void noHeaderCanForgeALineOrAField() throws Exception {
        FinishedExchange forged = exchange();
        forged.userAgent = "a\" 200 - \"b\\\r\n[2026] \u00e4";
        String line = logged(forged).get(0);
        assertTrue(
                line.contains("\"a\\x22 200 - \\x22b\\x5c\\x0d\\x0a[2026] \\xe4\" \"b6391674"),
                line);
    }

    @Test
    void aLongValueIsCut() throws Exception {
        FinishedExchange large = exchange();
        large.path = "/" + "\u0001".repeat(60_000);
        List<String> lines = logged(large, exchange());
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).length() < LogLine.LONGEST);
        assertTrue(lines.get(0).contains("\\x01... HTTP/1.1\" 200"));
    }

    @Test
    void linesOfManyThreadsAllGetThereWhole() throws Exception {
        Path file = folder.resolve("many.log");
        int loops = 4;
        int each = 20_000;
        long dropped;
        try (AccessLog log = AccessLog.to(file, loops)) {
            Thread[] threads = new Thread[loops];
            for (int i = 0; i < loops; i++) {
                int loop = i;
                threads[i] =
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            FinishedExchange finished = exchange();
                                            for (int n = 0; n < each; n++) {
                                                log.append(loop, finished);
                                            }
                                        });
            }
            for (Thread thread : threads) {
                thread.join();
            }
            dropped = log.dropped();
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(loops * each - dropped, lines.size());
        assertEquals(1, lines.stream().distinct().count());
    }

    @Test
    void aRenamedFileIsOpenedAnew() throws Exception {
        Path file = folder.resolve("turned.log");
        try (AccessLog log = AccessLog.to(file, 1)) {
            log.append(0, exchange());
            while (log.bytesWritten() == 0) {
                Thread.sleep(5);
            }
            Files.move(file, folder.resolve("turned.log.1"));
            log.reopen();
            log.append(0, exchange());
        }
        assertEquals(1, Files.readAllLines(file).size());
        assertEquals(1, Files.readAllLines(folder.resolve("turned.log.1")).size());
    }

    @Test
    void aFileThatCannotBeOpenedAnewIsTriedAgainAndNoLineIsLost() throws Exception {
        Path day = Files.createDirectory(folder.resolve("day"));
        Path file = day.resolve("access.log");
        Path before = folder.resolve("before");
        try (AccessLog log = AccessLog.to(file, 1)) {
            append(log);
            Files.move(day, before);
            log.reopen();
            append(log);
            Files.createDirectory(day);
            append(log);
            assertEquals(0, log.dropped());
        }
        assertEquals(2, Files.readAllLines(before.resolve("access.log")).size());
        assertEquals(1, Files.readAllLines(file).size());
    }

    /** Returns when the line is written, or lost. */
    private static void append(AccessLog log) throws InterruptedException {
        long had = log.bytesWritten();
        log.append(0, exchange());
        while (log.bytesWritten() == had && log.dropped() == 0) {
            Thread.sleep(5); // no event tells of a write
        }
    }
}
