<?php
/**
 * Takes away all that the plugin stored; the archive keeps its articles.
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'divedeeper' );
delete_option( 'divedeeper_waiting' );
delete_metadata( 'post', 0, '_divedeeper_id', '', true );
