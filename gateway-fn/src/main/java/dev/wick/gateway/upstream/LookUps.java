package dev.wick.gateway.upstream;

import dev.wick.gateway.client.DnsNames;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Names;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.Metric;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of the names among a cluster's endpoints. Under the lock of its {@link Hosts} where
 * a method does not say otherwise.
 */
final class LookUps {

    /** Hears of one name, on any thread. */
    interface Answered {
        void answered(String name, InetAddress[] found, long ttlSeconds);
    }

    private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Cluster cluster;
    private final Loop loop;
    private final Names.LookUp machine;
    private final Answered told;

    /** Whether names are being looked up: a request that comes meanwhile has nothing to ask. */
    private volatile boolean asking;

    /** When all names were answered for last; 0 before. */
    private volatile long lookedUpNanos;

    /** When they are asked for again. */
    private volatile long dueNanos;

    private final Map<String, InetAddress[]> answers = new HashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private Set<String> names = Set.of();
    private DnsSettings dns = DnsSettings.DEFAULT;
    private @Nullable DnsNames own;
    private boolean retired;
    private int failures;
    private boolean anyFailed;
    private long ttlSeconds = -1;

    /**
     * @param machine how names are looked up where settings do not say otherwise
     */
    LookUps(Cluster cluster, Loop loop, Names.LookUp machine, Answered told) {
        this.cluster = cluster;
        this.loop = loop;
        this.machine = machine;
        this.told = told;
    }

    /** These are the names now; those of which nothing is known are asked for. */
    void change(DnsSettings changed, Set<String> now) {
        names = now;
        if (!dns.equals(changed)) {
            dns = changed;
            closeOwn();
            asked.clear(); // What was answered before holds until it is answered anew.
        }
        // A name that comes back is a new one: its addresses may long be somebody else's.
        answers.keySet().retainAll(now);
        asked.retainAll(now);
        ask();
    }

    void retire() {
        retired = true;
        closeOwn();
    }

    /** What a name has, none where it has none, null where that is not known yet. */
    InetAddress @Nullable [] addresses(String name) {
        return answers.get(name);
    }

    /** Whether a name is one host, at the first of its addresses. */
    boolean logical() {
        return dns.logical();
    }

    /** Whether all names were answered for, and not too long ago. On any thread. */
    boolean fresh(long time) {
        return lookedUpNanos != 0 && time - dueNanos < 0;
    }

    /** Whether the hosts may long be elsewhere. On any thread. */
    boolean tooOld(long time) {
        return lookedUpNanos != 0 && time - dueNanos >= OLD_NANOS;
    }

    /** On any thread. */
    boolean asking() {
        return asking;
    }

    void ask() {
        asking = true; // Some are answered for before the next is asked for.
        for (String name : names) {
            if (asked.add(name)) {
                count(ClusterMetrics.UPDATE_ATTEMPT);
                lookUps().lookUp(name, Runnable::run, new Answer(name, dns));
            }
        }
        asking = !asked.isEmpty();
    }

    private Names.LookUp lookUps() {
        if (!dns.own() || retired) {
            return machine;
        }
        DnsNames made = own;
        if (made == null) {
            made = new DnsNames(loop, dns.servers());
            own = made;
        }
        return made;
    }

    private void closeOwn() {
        if (own != null) {
            own.close();
            own = null;
        }
    }

    /** Hears of one name. */
    private final class Answer implements Names.Found {

        private final String name;
        private final DnsSettings askedBy;

        Answer(String name, DnsSettings askedBy) {
            this.name = name;
            this.askedBy = askedBy;
        }

        @Override
        public void found(InetAddress[] addresses) {
            found(addresses, -1);
        }

        @Override
        public void found(InetAddress[] addresses, long ttl) {
            told.answered(name, Families.of(addresses, askedBy), ttl);
        }
    }

    /** Takes an answer; false where nobody wants it any more. */
    boolean take(String name, InetAddress[] found, long ttl) {
        asked.remove(name);
        boolean failed = found.length == 0;
        count(failed ? ClusterMetrics.UPDATE_FAILURE : ClusterMetrics.UPDATE_SUCCESS);
        if (!names.contains(name)) {
            return false;
        }
        anyFailed |= failed;
        ttlSeconds = ttl > 0 && (ttlSeconds < 0 || ttl < ttlSeconds) ? ttl : ttlSeconds;
        if (!failed || !answers.containsKey(name)) {
            answers.put(name, found);
        }
        if (asked.isEmpty()) {
            rest();
        }
        return true;
    }

    /** All are answered for. */
    private void rest() {
        lookedUpNanos = System.nanoTime() | 1;
        failures = anyFailed ? failures + 1 : 0;
        long rest = anyFailed ? dns.failureMillis(failures) : dns.restMillis(ttlSeconds);
        dueNanos = lookedUpNanos + TimeUnit.MILLISECONDS.toNanos(rest);
        anyFailed = false;
        ttlSeconds = -1;
        asking = false;
    }

    void count(Metric.Counter counter) {
        loop.execute(() -> cluster.metrics().count(0, counter));
    }
}
