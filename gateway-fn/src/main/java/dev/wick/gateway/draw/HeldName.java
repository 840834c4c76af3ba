package dev.wick.gateway.draw;

import dev.wick.gateway.feed.HostName;
import dev.wick.gateway.live.Names;
import org.jspecify.annotations.Nullable;

/** What is known of one name of {@code live}. Confined to the loop of its {@link Holdings}. */
final class HeldName {

    final HostName name;
    final Names into;

    /** Null: nobody serves the name. */
    @Nullable HeldVirtualHost virtualHost;

    String domain = "";
    String etag = "";

    /** The revision as of which all this is known. */
    long asOf;

    HeldName(HostName name, Names into) {
        this.name = name;
        this.into = into;
    }
}
