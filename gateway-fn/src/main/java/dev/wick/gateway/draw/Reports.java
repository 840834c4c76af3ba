package dev.wick.gateway.draw;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Timer;
import dev.wick.gateway.feed.Feed;
import dev.wick.gateway.feed.Report;
import dev.wick.model.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the store how this instance does: soon after a change, and every ten seconds. Confined to
 * the loop of its {@link Draw}.
 */
final class Reports {

    private static final long SOON_MILLIS = 200;
    private static final long REGULAR_MILLIS = 10_000;

    private final Draw draw;
    private final Loop loop;
    private final Feed feed;
    private final String version;
    private final Ports ports;
    private @Nullable Timer soon;
    private @Nullable Timer regular;
    private boolean stopped;

    Reports(Draw draw, Loop loop, Feed feed, String version, Ports ports) {
        this.draw = draw;
        this.loop = loop;
        this.feed = feed;
        this.version = version;
        this.ports = ports;
    }

    /** Something changed. */
    void soon() {
        if (soon == null && !stopped) {
            soon = loop.schedule(SOON_MILLIS, this::report);
        }
    }

    void stop() {
        stopped = true;
        cancel();
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(draw.listening().problems());
        problems.addAll(draw.holdings().documents().problems());
        return problems;
    }

    private void report() {
        cancel();
        if (!stopped) {
            feed.report(
                    new Report(
                            draw.revision(),
                            version,
                            ports.ports(),
                            problems(),
                            draw.live().serving(),
                            draw.holdings().foundHealth()),
                    why -> {});
            regular = loop.schedule(REGULAR_MILLIS, this::report);
        }
    }

    private void cancel() {
        if (soon != null) {
            soon.cancel();
            soon = null;
        }
        if (regular != null) {
            regular.cancel();
            regular = null;
        }
    }
}
