<?php
/**
 * Plugin Name: divedeeper
 * Description: Shows follow-up questions and related fact checks below posts, and keeps the archive in step with them.
 * Version: 1.0.0
 * Requires at least: 6.0
 * Requires PHP: 8.0
 * Text Domain: divedeeper
 */

namespace DiveDeeper;

defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/includes/settings.php';
require_once __DIR__ . '/includes/server.php';
require_once __DIR__ . '/includes/box.php';
require_once __DIR__ . '/includes/article.php';
require_once __DIR__ . '/includes/changes.php';

Settings::register();
Box::register();
Changes::register();

register_deactivation_hook( __FILE__, array( Changes::class, 'unschedule' ) );
