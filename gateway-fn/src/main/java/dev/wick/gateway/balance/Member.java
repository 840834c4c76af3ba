package dev.wick.gateway.balance;

import dev.wick.hash.XxHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One host, as balancing sees it. Safe for use by any thread. Its health is what several observers
 * say, a bit each: whoever sets one must have the cluster look at its hosts again.
 */
public abstract class Member {

    /** It does not answer its health checks. */
    public static final int FAILED_ACTIVE_HC = 1;

    /** It is ejected as an outlier. */
    public static final int FAILED_OUTLIER_CHECK = 1 << 1;

    /** The configuration says that it is unhealthy. */
    public static final int FAILED_EDS_HEALTH = 1 << 2;

    /** It says of itself that it is degraded. */
    public static final int DEGRADED_ACTIVE_HC = 1 << 3;

    /** The configuration says that it is degraded. */
    public static final int DEGRADED_EDS_HEALTH = 1 << 4;

    /** It is checked for the first time: no part of its cluster until that is over. */
    public static final int PENDING_ACTIVE_HC = 1 << 5;

    /** It asked not to be counted: no part of its cluster's size. */
    public static final int EXCLUDED_VIA_IMMEDIATE_HC_FAIL = 1 << 6;

    /** Its health checks time out. */
    public static final int ACTIVE_HC_TIMEOUT = 1 << 7;

    /** The configuration says that it is draining. */
    public static final int EDS_STATUS_DRAINING = 1 << 8;

    /** As seen by outlier detection after a successful check: ejected, by degraded answers. */
    public static final int DEGRADED_OUTLIER_DETECTION = 1 << 9;

    private static final int UNHEALTHY =
            FAILED_ACTIVE_HC | FAILED_OUTLIER_CHECK | FAILED_EDS_HEALTH | EDS_STATUS_DRAINING;
    private static final int DEGRADED =
            DEGRADED_ACTIVE_HC | DEGRADED_EDS_HEALTH | DEGRADED_OUTLIER_DETECTION;
    private static final int EXCLUDED =
            PENDING_ACTIVE_HC | EXCLUDED_VIA_IMMEDIATE_HC_FAIL | EDS_STATUS_DRAINING;

    /** The bits that a document sets. */
    public static final int OF_DOCUMENT =
            FAILED_EDS_HEALTH | DEGRADED_EDS_HEALTH | EDS_STATUS_DRAINING;

    private static final VarHandle FLAGS;

    static {
        try {
            FLAGS = MethodHandles.lookup().findVarHandle(Member.class, "flags", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile Attributes attributes;
    private volatile int flags;
    private volatile long healthySinceNanos = System.nanoTime();

    protected Member(Attributes attributes) {
        this.attributes = attributes;
        this.flags = attributes.status();
    }

    /** Requests that it carries now; another loop's may be a moment old. */
    public abstract int active();

    /** Its address, as {@code 10.0.0.1:80}. */
    public abstract String text();

    public final Attributes attributes() {
        return attributes;
    }

    /** The configuration says otherwise now. */
    public final void attributes(Attributes changed) {
        attributes = changed;
        flags(OF_DOCUMENT & ~changed.status(), changed.status());
    }

    /** The health flags that are set. */
    public final int flags() {
        return flags;
    }

    /** Sets or clears health flags; true where that changed any. */
    public final boolean flag(int bits, boolean set) {
        return flags(set ? 0 : bits, set ? bits : 0);
    }

    private boolean flags(int cleared, int set) {
        int before;
        int after;
        do {
            before = flags;
            after = (before & ~cleared) | set;
        } while (!FLAGS.compareAndSet(this, before, after));
        if ((before & UNHEALTHY) != 0 && (after & UNHEALTHY) == 0) {
            healthySinceNanos = System.nanoTime();
        }
        return before != after;
    }

    public final boolean healthy() {
        return (flags & (UNHEALTHY | DEGRADED)) == 0;
    }

    public final boolean degraded() {
        int now = flags;
        return (now & UNHEALTHY) == 0 && (now & DEGRADED) != 0;
    }

    final boolean excluded() {
        return (flags & EXCLUDED) != 0;
    }

    /** When it was added or became healthy again, by {@link System#nanoTime}. */
    final long healthySinceNanos() {
        return healthySinceNanos;
    }

    /** What a ring or a table has it under, in octets as {@link XxHash} takes them. */
    final String hashKey(boolean byHostname) {
        Attributes now = attributes;
        String key = now.metadata().get("hash_key");
        if (key != null && key.length() > 2 && key.charAt(0) == '"') {
            return XxHash.octets(key.substring(1, key.length() - 1));
        }
        return XxHash.octets(byHostname ? now.hostname() : text());
    }
}
