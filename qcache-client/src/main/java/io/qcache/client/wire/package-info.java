/**
 * Connections to a server: sockets, who writes and who reads, what waits for which reply.  Knows requests and replies,
 * but no operation of the cache.  Not exported.
 *
 * <pre>
 *   callers ── Request ──► Connection ──► Outgoing ──► socket          one writer at a time sends all that is queued
 *      ▲                      │ in flight, in order
 *      └──── Call ◄───────────┴── the connection's own thread ◄── socket
 * </pre>
 */
package io.qcache.client.wire;
