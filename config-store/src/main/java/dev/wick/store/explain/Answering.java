package dev.wick.store.explain;

import dev.wick.entry.PathRules;
import dev.wick.entry.compile.EntryCompiler;
import dev.wick.http.RequestHead;
import dev.wick.model.DomainName;
import dev.wick.model.FilterChain;
import dev.wick.model.Listener;
import dev.wick.model.Normalization;
import dev.wick.model.Runtime;
import dev.wick.model.VirtualHost;
import dev.wick.model.wire.Json;
import dev.wick.route.Forward;
import dev.wick.route.Redirect;
import dev.wick.route.Route;
import dev.wick.route.RouteTable;
import dev.wick.route.RuntimeValues;
import dev.wick.route.Step;
import dev.wick.route.VirtualClusters;
import dev.wick.route.compile.Compiled;
import dev.wick.route.compile.RouteCompiler;
import dev.wick.store.keep.Stored;
import dev.wick.store.slice.Holding;
import dev.wick.store.slice.HostName;
import dev.wick.store.slice.ListenerSet;
import dev.wick.store.slice.Slice;
import dev.wick.store.slice.Slices;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One answer. Used by one thread. */
final class Answering {

    /** Those at the begin and at the end are shown. */
    private static final int MOST_STEPS = 200;

    private final Slices slices;
    private final String gateway;
    private final Question question;
    private final List<String> steps = new ArrayList<>();
    private final Told told = new Told();
    private final Destinations destinations;
    private final RequestHead head;
    private @Nullable String listener;
    private String chain = "";
    private @Nullable String domain;
    private @Nullable String virtualHost;
    private @Nullable Route route;
    private List<Explanation.HeaderChange> headerChanges = List.of();

    Answering(Slices slices, String gateway, Question question) {
        this.slices = slices;
        this.gateway = gateway;
        this.question = question;
        this.head = question.head();
        this.destinations = new Destinations(slices, gateway, steps);
    }

    Explanation answer() {
        ListenerSet set = slices.listeners(gateway);
        Listener found = ListenerChoice.of(set, question, steps);
        if (found == null) {
            return print(
                    set.epoch(), set.revision(), "no listener: nothing accepts the connection");
        }
        listener = found.name();
        FilterChain taking = ChainChoice.of(found, question, steps);
        if (taking == null) {
            return print(set.epoch(), set.revision(), "closed: no filter chain takes it");
        }
        chain = taking.name();
        Accepting accepting = new Accepting(found, taking);
        accepting.tell(told);
        String answered = enter(accepting.http().normalization(), found.port());
        if (answered == null) {
            answered = Trust.apply(head.headers(), question, accepting, steps);
        }
        if (answered != null) {
            return print(set.epoch(), set.revision(), answered);
        }
        String authority = DomainName.normalise(head.authority());
        Slice slice =
                slices.read(gateway, new HostName(found.name(), chain, authority), Holding.NONE);
        Slice.Found serving = slice.found();
        if (serving == null) {
            steps.add("host " + authority + ": no domain matches");
            return print(slice.epoch(), slice.revision(), "404: no virtual host for this host");
        }
        domain = serving.domain();
        virtualHost = serving.virtualHost().key().name();
        steps.add("host " + authority + ": domain " + domain + " of VirtualHost/" + virtualHost);
        return print(slice.epoch(), slice.revision(), action(serving, accepting));
    }

    private Explanation print(String epoch, long revision, String action) {
        Route matched = route;
        return new Explanation(
                epoch,
                revision,
                listener,
                chain,
                domain,
                virtualHost,
                matched == null ? null : matched.index(),
                matched == null ? null : matched.name(),
                action,
                destinations.clusters(),
                destinations.endpoints(),
                headerChanges,
                told.settings(),
                steps);
    }

    /** Reads path and authority as the listener does; what it answers where it does at once. */
    private @Nullable String enter(Normalization rules, int port) {
        String before = head.path();
        PathRules.Outcome outcome = EntryCompiler.paths(rules).apply(head);
        if (outcome == PathRules.Outcome.REJECTED) {
            steps.add("path " + before + ": refused");
            return "400: the path has no normal form, or an escaped slash";
        }
        if (!head.path().equals(before)) {
            steps.add("path " + before + ": read as " + head.path());
        }
        if (outcome == PathRules.Outcome.REDIRECTED) {
            return "307: redirect to " + head.path();
        }
        String authority = head.authority();
        EntryCompiler.hosts(rules).apply(head, port);
        if (!head.authority().equals(authority)) {
            steps.add("host " + authority + ": read as " + head.authority());
        }
        return null;
    }

    private String action(Slice.Found found, Accepting accepting) {
        VirtualHost host = (VirtualHost) Json.read(found.virtualHost().document());
        Compiled compiled = RouteCompiler.compile(host);
        RouteTable table = compiled.table();
        if (table == null) {
            compiled.problems().forEach(problem -> steps.add(problem.toString()));
            return "503: the virtual host does not compile";
        }
        runtime(table, found);
        Route matched = match(table);
        RouteSettings settings = new RouteSettings(host, accepting);
        if (matched == null) {
            settings.tellHost(null, told);
            return "404: no route of the virtual host matches";
        }
        route = matched;
        headerChanges =
                HeaderOrder.of(
                        host.routes().get(matched.index()),
                        RouteSettings.name(matched.index()),
                        host,
                        accepting.http().policies(),
                        accepting.httpFrom());
        if (matched.decision() instanceof Forward forward) {
            settings.tellHost(countedBy(table), told);
            settings.tell(matched.index(), forward.timeouts(), told);
            destinations.tell(table, forward, found, head, told);
            rewrite(forward);
        } else {
            settings.tellHost(null, told);
            settings.tell(matched.index(), null, told);
            if (matched.decision() instanceof Redirect redirect) {
                steps.add("location: " + redirect.location(head));
            }
        }
        return matched.decision().describe();
    }

    private @Nullable Route match(RouteTable table) {
        List<Step> tried = table.explain(head);
        for (int i = 0; i < tried.size(); i++) {
            if (i < MOST_STEPS / 2 || i >= tried.size() - MOST_STEPS / 2) {
                steps.add(tried.get(i).toString());
            } else if (i == MOST_STEPS / 2) {
                steps.add((tried.size() - MOST_STEPS) + " more routes do not match");
            }
        }
        Step last = tried.isEmpty() ? null : tried.getLast();
        return last == null || !last.matched() ? null : table.route(last.route());
    }

    private void runtime(RouteTable table, Slice.Found found) {
        RuntimeValues values = table.runtime();
        for (Stored stored : found.documents()) {
            if (values != null
                    && stored.key().kind().equals("Runtime")
                    && Json.read(stored.document()) instanceof Runtime runtime) {
                values.set(RouteCompiler.shares(runtime));
            }
        }
    }

    /** The virtual cluster that counts the request; null: there are none. */
    private @Nullable String countedBy(RouteTable table) {
        VirtualClusters all = table.virtualClusters();
        if (all == null) {
            return null;
        }
        String name = all.name(all.place(head));
        return name.isEmpty() ? "other" : name;
    }

    private void rewrite(Forward forward) {
        String path = head.path();
        String authority = head.authority();
        forward.rewrite(head);
        if (!head.path().equals(path)) {
            steps.add("path " + path + " becomes " + head.path());
        }
        if (!head.authority().equals(authority)) {
            steps.add("host " + authority + " becomes " + head.authority());
        } else if (forward.autoAuthority() != null) {
            steps.add("host " + authority + " becomes the name of the endpoint, if it has one");
        }
    }
}
