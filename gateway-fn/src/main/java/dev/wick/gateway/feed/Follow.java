package dev.wick.gateway.feed;

import dev.wick.gateway.client.Call;
import dev.wick.gateway.client.ClientRequest;
import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.client.HttpClient;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Streamed;
import dev.wick.gateway.client.Timer;
import dev.wick.http.Headers;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The stream of changes to what is held: asked for anew whenever it ends, with all that is held at
 * that time, after a while that grows from 50 ms to 2 s and is never the same for two instances.
 * Confined to its loop.
 */
public final class Follow {

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long HEAD_MILLIS = 5_000;

    /** The store sends something every 5 s. */
    private static final long SILENCE_MILLIS = 16_000;

    private final HttpClient client;
    private final Loop loop;
    private final FeedSettings settings;
    private final String path;
    private final Following following;
    private @Nullable Stream stream;
    private @Nullable Timer pause;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean started;

    Follow(HttpClient client, Loop loop, FeedSettings settings, String base, Following following) {
        this.client = client;
        this.loop = loop;
        this.settings = settings;
        this.path = base + "/follow";
        this.following = following;
    }

    /** Begins to follow; without effect where it has begun. */
    public void start() {
        assert loop.inLoop();
        if (!started) {
            started = true;
            connect();
        }
    }

    /** Ends it; nothing more is heard. */
    public void stop() {
        started = false;
        if (pause != null) {
            pause.cancel();
        }
        Stream open = stream;
        stream = null;
        if (open != null) {
            open.close();
        }
    }

    /** Whether changes are told of now. */
    public boolean connected() {
        return stream != null && stream.told;
    }

    /** The store answers again: does not wait for the end of the pause. */
    public void hurry() {
        if (started && stream == null && pause != null) {
            pause.cancel();
            connect();
        }
    }

    private void connect() {
        pause = null;
        Headers headers = Feed.headers(settings);
        headers.set("accept", "text/event-stream");
        headers.add("content-type", "application/json");
        byte[] body = Bodies.followed(settings.instance(), following.position());
        stream = new Stream();
        stream.call =
                client.stream(
                        loop,
                        new ClientRequest("POST", path, headers, body, HEAD_MILLIS, 1),
                        stream);
    }

    private void ended(String why) {
        stream = null;
        following.disconnected(why);
        if (started) {
            long jittered = pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis);
            pause = loop.schedule(jittered, this::connect);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    /** One stream, from its request to its end. */
    private final class Stream extends Deadline implements Streamed {

        private final Events events = new Events(this::event);
        private @Nullable Call call;
        private int status;
        private boolean told;

        @Override
        public void head(int status, Headers headers) {
            this.status = status;
            if (status != 200) {
                end("the store answered " + status);
            } else {
                loop.arm(this, SILENCE_MILLIS);
            }
        }

        @Override
        public void bytes(byte[] part) {
            if (this == stream && status == 200) {
                loop.arm(this, SILENCE_MILLIS);
                if (!events.read(part)) {
                    end("an event was too long");
                }
            }
        }

        private void event(String type, byte[] data) {
            if (this != stream) {
                return;
            }
            if (!told) {
                told = true;
                pauseMillis = FIRST_PAUSE_MILLIS;
                following.connected();
            }
            try {
                if (type.equals("revision")) {
                    following.changed(Answers.changed(data));
                } else if (type.equals("reset")) {
                    ListenerSet where = Answers.reset(data);
                    following.reset(where.epoch(), where.revision());
                }
            } catch (IOException e) {
                end("the store told what can not be read: " + e.getMessage());
            }
        }

        @Override
        public void ended(String why) {
            if (this == stream) {
                disarm();
                Follow.this.ended(why.isEmpty() ? "the store ended the stream" : why);
            }
        }

        @Override
        protected void expired() {
            end("the store said nothing for " + SILENCE_MILLIS + " ms");
        }

        private void end(String why) {
            if (this == stream) {
                close();
                Follow.this.ended(why);
            }
        }

        private void close() {
            disarm();
            if (call != null) {
                call.cancel();
            }
        }
    }
}
