package dev.wick.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.format.Fact;
import dev.wick.format.Facts;
import dev.wick.gateway.balance.Attributes;
import dev.wick.gateway.balance.Balancer;
import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.balance.LbCounts;
import dev.wick.gateway.balance.LbPolicy;
import dev.wick.gateway.balance.Locality;
import dev.wick.gateway.balance.Member;
import dev.wick.gateway.balance.Turns;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.route.CookieSpec;
import dev.wick.route.HashPolicy;
import dev.wick.route.HostChoice;
import dev.wick.route.SessionBinding;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The hosts were chosen by Envoy 1.40 for the same requests, by Maglev; the last digit counts. */
class HostSelectionTest {

    private static final String BY_KEY = "3 4 2 4 3 5 4 2 3 2 3 1 3 2 3 3 3 2 4 3 5 2 5 5";
    private static final HashPolicy KEY = HashPolicy.header("x-key", false);
    private static final HashPolicy OTHER = HashPolicy.header("x-other", false);
    private static final CookieSpec COOKIE = new CookieSpec("c", -1, "");

    private static final BiConsumer<RequestHead, Integer> BOTH =
            (head, i) -> {
                head.headers().add("x-key", "key-" + i);
                head.headers().add("x-other", "o" + i);
            };

    @Test
    void severalPoliciesMakeOneHash() {
        assertEquals("5 2 4 4 1 3 3 2 3 2 2 1 4 2 5 3 4 2 5 3 5 5 4 2", chosen(BOTH, KEY, OTHER));
    }

    @Test
    void whatFollowsATerminalPolicyThatHasAHashIsLeftOut() {
        assertEquals(BY_KEY, chosen(BOTH, HashPolicy.header("x-key", true), OTHER));
        HashPolicy without = HashPolicy.header("x-none", true);
        assertEquals(BY_KEY, chosen(BOTH, without, KEY));
    }

    @Test
    void theOrderOfAHeadersValuesDoesNotMatter() {
        String hosts = "2 3 1 3 5 5 1 3 1 4 3 3 3 3 3 2 2 2 1 3 4 5 2 4";
        assertEquals(
                hosts,
                chosen(
                        (head, i) -> {
                            head.headers().add("x-key", "b" + i);
                            head.headers().add("x-key", "a" + i);
                        },
                        KEY));
        assertEquals(
                hosts,
                chosen(
                        (head, i) -> {
                            head.headers().add("x-key", "a" + i);
                            head.headers().add("x-key", "b" + i);
                        },
                        KEY));
    }

    @Test
    void theFirstValueOfAParameterCountsAsItWasSent() {
        HashPolicy query = HashPolicy.queryParameter("q", false);
        assertEquals(BY_KEY, chosen((head, i) -> head.path("/?a=1&q=key-" + i + "&q=x"), query));
        assertEquals(
                "5 3 3 1 4 5 3 1 3 5 3 2 2 5 2 5 3 5 3 3 2 2 3 2",
                chosen((head, i) -> head.path("/query?q=key%2D" + i), query));
    }

    @Test
    void aCookiesQuotesDoNotCount() {
        HashPolicy cookie = HashPolicy.cookie(COOKIE, false);
        assertEquals(
                BY_KEY, chosen((h, i) -> h.headers().add("cookie", "a=b; c=key-" + i), cookie));
        assertEquals(
                BY_KEY,
                chosen((h, i) -> h.headers().add("cookie", "a=b; c=\"key-" + i + "\""), cookie));
    }

    @Test
    void aMissingCookieIsMadeWhereItHasATtl() {
        CookieSpec spec = new CookieSpec("c", 60, "/p", "SameSite=Strict", "Secure");
        HostSelection selection = selection(new RequestHead(), HashPolicy.cookie(spec, false));
        Headers response = new Headers();
        selection.answered("10.0.0.1:80", response);
        assertTrue(selection.hashed);
        String cookie = response.get("set-cookie");
        assertTrue(
                cookie != null
                        && cookie.matches(
                                "c=\"[0-9a-f]{16}\"; Max-Age=60; Path=/p; SameSite=Strict; Secure; HttpOnly"),
                cookie);
        assertEquals(
                selection.hash, selection(new RequestHead(), HashPolicy.cookie(spec, false)).hash);
    }

    @Test
    void noCookieIsMadeForABalancerThatDoesNotHash() {
        HashPolicy cookie = HashPolicy.cookie(new CookieSpec("c", 60, "/p"), false);
        HostSelection selection = selection(false, new RequestHead(), cookie);
        Headers response = new Headers();
        selection.answered("10.0.0.1:80", response);
        assertNull(response.get("set-cookie"));
    }

    @Test
    void aSessionIsBoundAsEnvoyBindsIt() {
        RequestHead head = new RequestHead();
        head.path("/rr");
        SessionBinding forEver = SessionBinding.cookie(new CookieSpec("sess", -1, "/rr"), true);
        HostSelection first = bound(head, forEver);
        assertNull(first.bound);
        Headers response = new Headers();
        first.answered("127.0.0.1:29003", response);
        String value = "Cg8xMjcuMC4wLjE6MjkwMDM=";
        assertEquals("sess=\"" + value + "\"; Path=/rr; HttpOnly", response.get("set-cookie"));

        head.headers().add("cookie", "sess=" + value);
        HostSelection next = bound(head, forEver);
        assertEquals("127.0.0.1:29003", next.bound);
        assertTrue(next.strict);
        Headers again = new Headers();
        next.answered("127.0.0.1:29003", again);
        assertEquals(0, again.size());
        head.path("/other");
        assertNull(bound(head, forEver).bound);
    }

    @Test
    void aSessionThatHasExpiredIsBoundAnew() {
        SessionBinding binding = SessionBinding.cookie(new CookieSpec("sess", 120, "/"), false);
        RequestHead head = new RequestHead();
        Headers response = new Headers();
        bound(head, binding).answered("127.0.0.1:1", response);
        String given = response.get("set-cookie");
        assertTrue(given != null && given.contains("; Max-Age=120; Path=/; HttpOnly"), given);
        head.headers().add("cookie", given == null ? "" : given.substring(0, given.indexOf(';')));
        assertEquals("127.0.0.1:1", bound(head, binding).bound);

        RequestHead late = new RequestHead();
        // Of November 2026, by Envoy: expired once that has passed; of 1970 here.
        byte[] old = {0x0a, 3, 'a', ':', '1', 0x10, 5};
        late.headers().add("cookie", "sess=" + Base64.getEncoder().encodeToString(old));
        assertNull(bound(late, binding).bound);
    }

    @Test
    void aHeaderCarriesAnAddress() {
        SessionBinding binding = SessionBinding.header("x-session", false);
        RequestHead head = new RequestHead();
        head.headers().add("x-session", "MTI3LjAuMC4xOjI5MDAx");
        assertEquals("127.0.0.1:29001", bound(head, binding).bound);
        Headers response = new Headers();
        bound(head, binding).answered("127.0.0.1:29002", response);
        assertEquals("MTI3LjAuMC4xOjI5MDAy", response.get("x-session"));
        head.headers().set("x-session", "abc");
        assertNull(bound(head, binding).bound);
    }

    private static HostSelection bound(RequestHead head, SessionBinding binding) {
        return new HostSelection(
                new HostChoice(List.of(), null, binding), true, head, head.path(), new Said());
    }

    private static HostSelection selection(RequestHead head, HashPolicy... policies) {
        return selection(true, head, policies);
    }

    private static HostSelection selection(
            boolean hashes, RequestHead head, HashPolicy... policies) {
        HostChoice choice = new HostChoice(List.of(policies), null, null);
        return new HostSelection(choice, hashes, head, head.path(), new Said());
    }

    private static String chosen(BiConsumer<RequestHead, Integer> request, HashPolicy... policies) {
        List<Member> hosts = new ArrayList<>();
        long[] weights = {1, 2, 3, 1, 1};
        for (int i = 0; i < weights.length; i++) {
            hosts.add(new Host("127.0.0.1:2900" + (i + 1), weights[i]));
        }
        Balancer balancer = Balancer.of(BalancerSettings.of(LbPolicy.MAGLEV), hosts);
        StringBuilder ports = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            RequestHead head = new RequestHead();
            head.path("/");
            request.accept(head, i);
            Member host = new Turns(0, new Silent()).choose(balancer, selection(head, policies));
            String text = host == null ? "-" : host.text();
            ports.append(i == 0 ? "" : " ").append(text.charAt(text.length() - 1));
        }
        return ports.toString();
    }

    private static final class Host extends Member {

        private final String address;

        Host(String address, long weight) {
            super(new Attributes(weight, 0, Locality.UNKNOWN, 0, "", Map.of()));
            this.address = address;
        }

        @Override
        public int active() {
            return 0;
        }

        @Override
        public String text() {
            return address;
        }
    }

    private static final class Silent implements LbCounts {

        @Override
        public void healthyPanic(int loop) {}

        @Override
        public void subsetSelected(int loop) {}

        @Override
        public void subsetFallback(int loop) {}

        @Override
        public void subsetFallbackPanic(int loop) {}

        @Override
        public long active() {
            return 0;
        }
    }

    private static final class Said implements Facts {

        @Override
        public @Nullable String requestHeader(String name) {
            return null;
        }

        @Override
        public @Nullable String responseHeader(String name) {
            return null;
        }

        @Override
        public @Nullable String responseTrailer(String name) {
            return null;
        }

        @Override
        public long startMicros() {
            return 0;
        }

        @Override
        public @Nullable String text(Fact fact) {
            return fact.toString();
        }
    }
}
