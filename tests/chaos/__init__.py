"""The bad day: processes killed, sockets cut, calls that fail, events that come twice; every paste gets one answer."""
