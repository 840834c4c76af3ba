package dev.wick.store.slice;

import dev.wick.store.keep.Stored;
import java.util.List;

/** All listeners of a gateway, by name, as of one revision. */
public record ListenerSet(String epoch, long revision, List<Stored> listeners, String etag) {}
