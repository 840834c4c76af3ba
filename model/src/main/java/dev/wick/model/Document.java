package dev.wick.model;

/** One document of a gateway's configuration; its kind and name make its key. */
public sealed interface Document
        permits Listener, VirtualHost, Cluster, Endpoints, Secret, Runtime {

    Kind kind();

    /**
     * Unique within its gateway and kind; 1-253 characters of {@code a-z A-Z 0-9 . _ -}, not {@code
     * .} or {@code ..}.
     */
    String name();
}
