package dev.wick.gateway.draw;

import dev.wick.gateway.compile.Built;
import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.Part;
import dev.wick.route.Share;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gateway's Runtime, once a virtual host asks for it. Confined to the loop of its holdings. */
final class HeldRuntime extends HeldDocument<Map<String, Share>> {

    static final DocumentKey KEY = new DocumentKey(Documents.RUNTIME, "runtime");

    private final Workshop workshop;

    HeldRuntime(Workshop workshop) {
        super(KEY);
        this.workshop = workshop;
    }

    @Override
    Built<Map<String, Share>> build(Part part) {
        return workshop.runtime(part);
    }

    /** What holds now: nothing where it is not there, so that the defaults do. */
    Map<String, Share> values() {
        @Nullable Map<String, Share> good = good();
        return newest() == null || good == null ? Map.of() : good;
    }
}
