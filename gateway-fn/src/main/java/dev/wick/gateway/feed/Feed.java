package dev.wick.gateway.feed;

import dev.wick.gateway.client.Answer;
import dev.wick.gateway.client.Answered;
import dev.wick.gateway.client.Call;
import dev.wick.gateway.client.ClientRequest;
import dev.wick.gateway.client.HttpClient;
import dev.wick.gateway.client.Loop;
import dev.wick.http.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one instance asks of its store. Confined to its loop, on which all answers come too. Every
 * failure is an answer: nothing is thrown.
 */
public final class Feed {

    private static final byte[] NO_BODY = new byte[0];
    private static final int MOST_OCTETS = 16 * 1024 * 1024;
    private static final int MOST_OF_AN_ERROR = 200;
    private static final long SHORT_MILLIS = 3_000;

    private final HttpClient client;
    private final Loop loop;
    private final FeedSettings settings;
    private final String base;

    public Feed(HttpClient client, Loop loop, FeedSettings settings) {
        this.client = client;
        this.loop = loop;
        this.settings = settings;
        this.base = "/v1/gateways/" + Percent.encode(settings.gateway());
    }

    /**
     * Draws the slice of a host.
     *
     * @param epoch of which {@code minRevision} is; empty where none is known
     * @param etag of what is held; empty where nothing is
     * @param minRevision the answer is of this revision or a later one
     * @param timeoutMillis above 0
     */
    public Call pull(
            HostName host,
            String epoch,
            String etag,
            long minRevision,
            long timeoutMillis,
            SlicePulled pulled) {
        String chain = host.chain().isEmpty() ? "-" : Percent.encode(host.chain());
        String path =
                base
                        + "/slices/"
                        + Percent.encode(host.listener())
                        + '/'
                        + chain
                        + '/'
                        + Percent.encode(host.host());
        ClientRequest request = get(path, epoch, etag, minRevision, timeoutMillis);
        return client.send(loop, request, new SliceAnswered(pulled));
    }

    /** Draws the listener set; as {@link #pull}. */
    public Call pullListeners(
            String epoch,
            String etag,
            long minRevision,
            long timeoutMillis,
            ListenersPulled pulled) {
        ClientRequest request = get(base + "/slices", epoch, etag, minRevision, timeoutMillis);
        return client.send(loop, request, new ListenersAnswered(pulled));
    }

    /** Makes the store tell of changes; the caller starts it. */
    public Follow follow(Following following) {
        return new Follow(client, loop, settings, base, following);
    }

    /** These are no longer held; of their changes nothing needs to be told. */
    public void drop(Holding holding) {
        byte[] body = Bodies.dropped(holding);
        String path = base + "/follow/" + Percent.encode(settings.instance()) + "/drop";
        client.send(loop, post(path, body), new Ended(why -> {}));
    }

    /** Tells the store how this instance does; {@code ended} gets an empty text on success. */
    public void report(Report report, Consumer<String> ended) {
        String path = base + "/instances/" + Percent.encode(settings.instance());
        client.send(loop, post(path, Bodies.report(report)), new Ended(ended));
    }

    private ClientRequest get(
            String path, String epoch, String etag, long minRevision, long timeoutMillis) {
        Headers headers = headers(settings);
        headers.add("wick-instance", settings.instance());
        if (!etag.isEmpty()) {
            headers.add("if-none-match", etag);
        }
        if (minRevision > 0) {
            headers.add("min-revision", Long.toString(minRevision));
            headers.add("wick-epoch", epoch);
        }
        return new ClientRequest("GET", path, headers, NO_BODY, timeoutMillis, MOST_OCTETS);
    }

    private ClientRequest post(String path, byte[] body) {
        Headers headers = headers(settings);
        headers.add("content-type", "application/json");
        return new ClientRequest("POST", path, headers, body, SHORT_MILLIS, MOST_OCTETS);
    }

    static Headers headers(FeedSettings settings) {
        Headers headers = new Headers();
        headers.add("accept", "application/json");
        if (!settings.token().isEmpty()) {
            headers.add("authorization", "Bearer " + settings.token());
        }
        return headers;
    }

    private static String etag(Answer answer) {
        String etag = answer.headers().get("etag");
        return etag == null ? "" : etag;
    }

    /** From a header, or -1. */
    private static long revision(Answer answer) {
        String revision = answer.headers().get("wick-revision");
        try {
            return revision == null ? -1 : Long.parseLong(revision);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static @Nullable String epoch(Answer answer) {
        return revision(answer) < 0 ? null : answer.headers().get("wick-epoch");
    }

    /** What the store said instead, in a line. */
    private static String said(Answer answer) {
        byte[] body = answer.body();
        int length = Math.min(body.length, MOST_OF_AN_ERROR);
        String text = new String(body, 0, length, StandardCharsets.UTF_8).replaceAll("\\s+", " ");
        return "the store answered " + answer.status() + (text.isEmpty() ? "" : " " + text);
    }

    private record SliceAnswered(SlicePulled pulled) implements Answered {

        @Override
        public void answered(Answer answer) {
            @Nullable String epoch = epoch(answer);
            if (answer.status() == 200) {
                read(answer);
            } else if (answer.status() == 404 && epoch != null) {
                pulled.unknown(epoch, revision(answer));
            } else if (answer.status() == 304 && epoch != null) {
                pulled.unchanged(epoch, revision(answer));
            } else if (answer.status() == 503 && epoch != null) {
                pulled.behind(epoch, revision(answer));
            } else {
                pulled.failed(said(answer));
            }
        }

        private void read(Answer answer) {
            Slice slice;
            try {
                slice = Answers.slice(answer.body(), etag(answer));
            } catch (IOException | RuntimeException e) {
                pulled.failed("the store answered what is no slice: " + e.getMessage());
                return;
            }
            pulled.slice(slice);
        }

        @Override
        public void failed(String why) {
            pulled.failed(why);
        }
    }

    private record ListenersAnswered(ListenersPulled pulled) implements Answered {

        @Override
        public void answered(Answer answer) {
            @Nullable String epoch = epoch(answer);
            if (answer.status() == 200) {
                read(answer);
            } else if (answer.status() == 304 && epoch != null) {
                pulled.unchanged(epoch, revision(answer));
            } else if (answer.status() == 503 && epoch != null) {
                pulled.behind(epoch, revision(answer));
            } else {
                pulled.failed(said(answer));
            }
        }

        private void read(Answer answer) {
            ListenerSet set;
            try {
                set = Answers.listeners(answer.body(), etag(answer));
            } catch (IOException | RuntimeException e) {
                pulled.failed("the store answered what is no listener set: " + e.getMessage());
                return;
            }
            pulled.listeners(set);
        }

        @Override
        public void failed(String why) {
            pulled.failed(why);
        }
    }

    /** Of what only succeeds or fails. */
    private record Ended(Consumer<String> ended) implements Answered {

        @Override
        public void answered(Answer answer) {
            ended.accept(answer.status() / 100 == 2 ? "" : said(answer));
        }

        @Override
        public void failed(String why) {
            ended.accept(why);
        }
    }
}
