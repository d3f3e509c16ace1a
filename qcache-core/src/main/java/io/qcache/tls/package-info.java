/**
 * Keys and certificates from the PEM files that OpenSSL's users have, for server and client alike: the JDK reads only
 * some of them.
 */
package io.qcache.tls;
