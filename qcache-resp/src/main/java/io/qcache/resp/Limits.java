package io.qcache.resp; /** Limits. */ public final class Limits {}
