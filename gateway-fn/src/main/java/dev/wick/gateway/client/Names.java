package dev.wick.gateway.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up as every other program on the machine does: the JDK's resolver, which follows
 * {@code nsswitch.conf}, the hosts file and the search path. It blocks, so it has threads of its
 * own, made when a name is looked up for the first time and gone when none was for half a minute.
 * Netty's own resolver would add some 40 classes to the way to the first byte and would read none
 * of the first; what it has over this one, the records' TTL, Envoy passes over by default too. Safe
 * for use by any thread.
 */
public final class Names {

    private static final int MOST_AT_ONCE = 4;
    private static final int MOST_WAITING = 1024;
    private static final InetAddress[] NOTHING = {};

    private Names() {}

    /**
     * How names are looked up: {@link Names#lookUp(String, Executor, Found)}, or what a test says.
     */
    public interface LookUp {

        /** Looks a name up; {@code found} is called by {@code back}. */
        void lookUp(String name, Executor back, Found found);
    }

    /** Hears of one look-up, once. */
    public interface Found {

        /** All addresses of the name; none where it has none or nobody answered. */
        void found(InetAddress[] addresses);

        /**
         * The same from who knows how long the answer holds.
         *
         * @param ttlSeconds negative: unknown
         */
        default void found(InetAddress[] addresses, long ttlSeconds) {
            found(addresses);
        }
    }

    /** The address that the text is, or null where it is a name. */
    public static @Nullable InetAddress literal(String text) {
        if (text.isEmpty()
                || !(text.indexOf(':') >= 0 || Character.digit(text.charAt(0), 10) >= 0)) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException name) {
            return null;
        }
    }

    /** Looks a name up, now and not in a cache; {@code found} is called by {@code back}. */
    public static void lookUp(String name, Executor back, Found found) {
        try {
            Pool.THREADS.execute(
                    () -> {
                        InetAddress[] addresses = lookUp(name);
                        back.execute(() -> found.found(addresses));
                    });
        } catch (RejectedExecutionException tooMany) {
            back.execute(() -> found.found(NOTHING));
        }
    }

    private static InetAddress[] lookUp(String name) {
        try {
            return InetAddress.getAllByName(name);
        } catch (UnknownHostException none) {
            return NOTHING;
        }
    }

    /** Made when a name is looked up for the first time. */
    private static final class Pool {

        static final ThreadPoolExecutor THREADS =
                new ThreadPoolExecutor(
                        MOST_AT_ONCE,
                        MOST_AT_ONCE,
                        30,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MOST_WAITING),
                        Thread.ofPlatform().daemon().name("names-", 0).factory());

        static {
            // The callers decide how old an answer may be; the JDK would keep it for 30 seconds.
            Security.setProperty("networkaddress.cache.ttl", "1");
            Security.setProperty("networkaddress.cache.negative.ttl", "1");
            THREADS.allowCoreThreadTimeOut(true);
        }

        private Pool() {}
    }
}
