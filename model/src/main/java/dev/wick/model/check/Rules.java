package dev.wick.model.check;

import dev.wick.model.Cluster;
import dev.wick.model.FilterChain;
import dev.wick.model.HeaderMatch;
import dev.wick.model.HeaderMutations;
import dev.wick.model.Listener;
import dev.wick.model.PathMatch;
import dev.wick.model.QueryMatch;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteMatch;
import dev.wick.model.Secret;
import dev.wick.model.VirtualHost;

/**
 * What holds within one record beyond the types of its fields: one rule per record, which leaves
 * the records within it to their own.
 */
public final class Rules {

    private Rules() {}

    public static void listener(Listener listener, Findings findings) {}

    public static void filterChain(FilterChain chain, Findings findings) {}

    public static void virtualHost(VirtualHost host, Findings findings) {}

    public static void cluster(Cluster cluster, Findings findings) {}

    public static void endpoint(Cluster.Endpoint endpoint, Findings findings) {}

    public static void secret(Secret secret, Findings findings) {}

    public static void route(Route route, Findings findings) {}

    public static void routeMatch(RouteMatch match, Findings findings) {}

    public static void pathMatch(PathMatch path, Findings findings) {}

    public static void headerMatch(HeaderMatch match, Findings findings) {}

    public static void queryMatch(QueryMatch match, Findings findings) {}

    public static void forward(RouteAction.Forward forward, Findings findings) {}

    public static void redirect(RouteAction.Redirect redirect, Findings findings) {}

    public static void directResponse(RouteAction.DirectResponse answer, Findings findings) {}

    public static void headerMutations(HeaderMutations mutations, Findings findings) {}

    public static void headerValue(HeaderMutations.HeaderValue header, Findings findings) {}
}
