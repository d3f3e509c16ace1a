package io.qcache.engine;

import io.qcache.Bytes;

/**
 * One change of one key, as the subscribers of an engine see it.
 *
 * @param database the index of the database
 * @param key      the key; empty for {@link Event#FLUSH} and {@link Event#SWAP}, which concern all
 * @param event    what happened
 * @param cause    why
 */
public record Change(int database, Bytes key, Event event, Cause cause) {}
