package dev.wick.gateway.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.wick.gateway.balance.BalancerSettings.Fallback;
import dev.wick.gateway.balance.BalancerSettings.LocalityKey;
import dev.wick.gateway.balance.BalancerSettings.Selector;
import dev.wick.gateway.balance.BalancerSettings.SubsetSettings;
import dev.wick.hash.SubsetKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SubsetsTest {

    private final Counted counted = new Counted();
    private final Turns turns = new Turns(0, counted);

    private final List<Member> hosts =
            List.of(
                    Hostlike.tagged(1, Map.of("stage", "\"prod\"", "v", "1")),
                    Hostlike.tagged(2, Map.of("stage", "\"prod\"", "v", "2")),
                    Hostlike.tagged(3, Map.of("stage", "\"dev\"", "v", "[1,2]")));

    @Test
    void fewerKeysAreLookedForWhereNoHostHasAll() {
        Selector both =
                new Selector(List.of("stage", "v"), Fallback.KEYS_SUBSET, List.of("stage"), false);
        Balancer balancer = balancer(by(both, selector("stage")));
        assertEquals("{2=4}", chosen(balancer, Map.of("stage", "\"prod\"", "v", "2")));
        assertEquals("{1=2, 2=2}", chosen(balancer, Map.of("stage", "\"prod\"", "v", "9")));
        assertEquals(8, counted.selected);
        assertEquals("{none=4}", chosen(balancer, Map.of("stage", "\"test\"", "v", "9")));
        assertEquals(0, counted.fallbacks);
    }

    @Test
    void whereFewerKeysHaveNoSelectorTheFallbackOfAllIsTaken() {
        Selector both =
                new Selector(List.of("stage", "v"), Fallback.KEYS_SUBSET, List.of("v"), false);
        SubsetSettings any =
                new SubsetSettings(
                        List.of(both),
                        Fallback.ANY_ENDPOINT,
                        Map.of(),
                        false,
                        false,
                        false,
                        false,
                        false);
        assertEquals(
                "{1=2, 2=2, 3=2}", chosen(balancer(any), Map.of("stage", "\"prod\"", "v", "9"), 6));
        assertEquals(6, counted.fallbacks);
    }

    @Test
    void aListIsAnyOfItsValuesWhereThatIsAskedFor() {
        assertEquals("{1=4}", chosen(balancer(by(selector("v"))), Map.of("v", "1")));
        SubsetSettings lists =
                new SubsetSettings(
                        List.of(selector("v")),
                        Fallback.NO_FALLBACK,
                        Map.of(),
                        true,
                        false,
                        false,
                        false,
                        false);
        assertEquals("{1=2, 3=2}", chosen(balancer(lists), Map.of("v", "1")));
    }

    @Test
    void aSubsetOfOneHostIsTheFirstHoweverThatIs() {
        Selector single = new Selector(List.of("stage"), null, List.of(), true);
        hosts.getFirst().flag(Member.FAILED_ACTIVE_HC, true);
        assertEquals("{1=4}", chosen(balancer(by(single)), Map.of("stage", "\"prod\"")));
    }

    @Test
    void keysThatNoSelectorHasAreLeftOutWhereTheyMayBe() {
        Map<String, String> wanted = Map.of("stage", "\"dev\"", "other", "1");
        assertEquals("{none=4}", chosen(balancer(by(selector("stage"))), wanted));
        SubsetSettings redundant =
                new SubsetSettings(
                        List.of(selector("v"), selector("stage")),
                        Fallback.NO_FALLBACK,
                        Map.of(),
                        false,
                        false,
                        false,
                        false,
                        true);
        assertEquals("{3=4}", chosen(balancer(redundant), wanted));
    }

    @Test
    void anyHostIsTakenWhereTheFallbackHasNoneAndThatIsAskedFor() {
        SubsetSettings panic =
                new SubsetSettings(
                        List.of(selector("v")),
                        Fallback.DEFAULT_SUBSET,
                        Map.of("stage", "\"none\""),
                        false,
                        true,
                        false,
                        false,
                        false);
        assertEquals("{1=1, 2=1, 3=1}", chosen(balancer(panic), Map.of("v", "9"), 3));
        assertEquals(3, counted.fallbackPanics);
    }

    @Test
    void localitiesHaveWeightsInSubsetsOnlyWhereThatIsAskedForAndLessWhereHostsAreLeftOut() {
        // The subset has one of three hosts of a, which weighs 90, and one of one of b with 10.
        List<Member> placed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            placed.add(placed(10 + i, "a", i == 0 ? "1" : "2"));
        }
        placed.add(placed(20, "b", "1"));
        Map<LocalityKey, Long> weights =
                Map.of(
                        new LocalityKey(0, new Locality("", "a", "")), 90L,
                        new LocalityKey(0, new Locality("", "b", "")), 10L);
        assertEquals("{10=20, 20=20}", located(placed, weights, false, false));
        assertEquals("{10=36, 20=4}", located(placed, weights, true, false));
        assertEquals("{10=30, 20=10}", located(placed, weights, true, true));
    }

    private String located(
            List<Member> placed, Map<LocalityKey, Long> weights, boolean aware, boolean scale) {
        SubsetSettings by =
                new SubsetSettings(
                        List.of(selector("v")),
                        Fallback.NO_FALLBACK,
                        Map.of(),
                        false,
                        false,
                        aware,
                        scale,
                        false);
        BalancerSettings settings =
                new BalancerSettings(
                        LbPolicy.ROUND_ROBIN,
                        2,
                        1,
                        null,
                        1024,
                        8_388_608,
                        false,
                        65_537,
                        false,
                        50,
                        false,
                        140,
                        true,
                        weights,
                        by);
        return chosen(Balancer.of(settings, placed), Map.of("v", "1"), 40);
    }

    private static Member placed(int port, String zone, String version) {
        return new Hostlike(
                port,
                new Attributes(1, 0, new Locality("", zone, ""), 0, "", Map.of("v", version)));
    }

    @Test
    void onlyTheSubsetsOfAHostThatFailedAreLaidOutAnew() {
        BalancerSettings maglev = BalancerSettings.of(LbPolicy.MAGLEV);
        List<Member> tagged =
                List.of(
                        Hostlike.tagged(1, Map.of("v", "1")),
                        Hostlike.tagged(2, Map.of("v", "1")),
                        Hostlike.tagged(3, Map.of("v", "2")),
                        Hostlike.tagged(4, Map.of("v", "2")));
        Subsets first = subsets(maglev, tagged, null);

        tagged.get(0).flag(Member.FAILED_ACTIVE_HC, true);
        Subsets second = subsets(maglev, tagged, first);

        assertNotSame(placed(first, "1"), placed(second, "1"));
        assertSame(placed(first, "2"), placed(second, "2"));
    }

    private static Subsets subsets(BalancerSettings settings, List<Member> tagged, Subsets before) {
        Builder.Numbers numbers = new Builder.Numbers();
        Bound bound = new Bound(tagged);
        return Subsets.of(settings, by(selector("v")), tagged, numbers, bound, before);
    }

    private static Placed placed(Subsets subsets, String version) {
        return subsets.balancer(SubsetKey.of(Map.of("v", version))).placed(0);
    }

    @Test
    void whoAsksForNoSubsetGetsTheFallback() {
        assertNull(turns.choose(balancer(by(selector("v"))), null));
    }

    private static Selector selector(String key) {
        return new Selector(List.of(key), null, List.of(), false);
    }

    private static SubsetSettings by(Selector... selectors) {
        return new SubsetSettings(
                List.of(selectors),
                Fallback.NO_FALLBACK,
                Map.of(),
                false,
                false,
                false,
                false,
                false);
    }

    private Balancer balancer(SubsetSettings by) {
        return Balancer.of(
                new BalancerSettings(
                        LbPolicy.ROUND_ROBIN,
                        2,
                        1,
                        null,
                        1024,
                        8_388_608,
                        false,
                        65_537,
                        false,
                        50,
                        false,
                        140,
                        false,
                        Map.of(),
                        by),
                hosts);
    }

    private String chosen(Balancer balancer, Map<String, String> wanted) {
        return chosen(balancer, wanted, 4);
    }

    private String chosen(Balancer balancer, Map<String, String> wanted, int requests) {
        Selection selection = new Selection();
        selection.subset = SubsetKey.of(wanted);
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < requests; i++) {
            Member member = turns.choose(balancer, selection);
            counts.merge(member == null ? "none" : member.text().substring(10), 1, Integer::sum);
        }
        return counts.toString();
    }
}
