/** Rows of the existing system as they are stored (legacy contract, T1): none has the plan's attributes. */

/** The HLS player: no address and no key, and a preset that exists in no set. */
export const hlsRow = {
  destination_id: "dest_1755871200000_h2k9x1q0a",
  name: "Website player",
  platform: "hls",
  rtmp_url: null,
  stream_key_param: null,
  preset_id: "preset_hls_default",
  enabled: true,
  streaming_status: "ready",
  created_at: "2025-08-22T14:00:00.000Z",
  updated_at: "2025-08-22T14:00:00.000Z",
};

/** A relay whose last start failed, because MediaConnect cannot send RTMP (G12). */
export const customRow = {
  destination_id: "dest_relay_main_1755874800",
  name: "Relay",
  platform: "custom",
  rtmp_url: "rtmp://relay.example.com/live",
  stream_key_param: "/lunora-player/streaming/destinations/dest_relay_main_1755874800/stream_key",
  preset_id: "preset_custom_hd",
  enabled: true,
  streaming_status: "error",
  last_error: "The value for Output.Protocol is invalid protocol: rtmp",
  created_at: "2025-08-22T15:00:00.000Z",
  updated_at: "2025-08-23T09:30:00.000Z",
};

/** Written by version D: `preset` and `status`, no `enabled`, no key reference. */
export const dRow = {
  destination_id: "dest_1757000000000_d4f6g8h0j",
  name: "Twitch",
  platform: "twitch",
  rtmp_url: "rtmp://live.twitch.tv/app",
  preset: "twitch",
  status: "idle",
  media_live_channel_id: null,
  metadata: {
    channel_name: "show-prod-twitch",
    input_name: "show-prod-twitch-in",
    output_name: "x",
  },
  created_at: "2025-09-04T15:33:20.000Z",
};

/** Written by version B2 while it streamed, with attributes that only papers know. */
export const b2Row = {
  destination_id: "dest_1756000000000_b2b2b2b2b",
  name: "YouTube",
  platform: "youtube",
  rtmp_url: "rtmp://a.rtmp.youtube.com/live2",
  stream_key_param: "/lunora-player/youtube/stream-key-dest_1756000000000_b2b2b2b2b",
  preset_id: "preset_youtube_default",
  enabled: true,
  streaming_status: "streaming",
  streaming_started_at: "2025-08-24T01:46:40.000Z",
  mediaconnect_output_arn: "arn:aws:mediaconnect:us-west-2:123456789012:output:1-a:youtube",
  failover_enabled: false,
  backup_rtmp_url: null,
  created_at: "2025-08-24T01:40:00.000Z",
  updated_at: "2025-08-24T01:46:40.000Z",
};

/** Of the first version: one `timestamp` for everything, and no preset. */
export const oldestRow = {
  destination_id: "dest_linkedin_1",
  name: "LinkedIn",
  platform: "linkedin",
  rtmp_url: "rtmp://1-publish.linkedin.com/live",
  timestamp: "2025-08-01T10:00:00Z",
};

/** Damaged by hand: nobody can tell what kind of place it is. */
export const damagedRow = { destination_id: "dest_damaged", name: "Half a row", platform: null };

/** The older shape of a preset, in kbit/s. */
export const oldPreset = {
  preset_id: "preset_custom_hd",
  name: "Custom HD",
  platform: "custom",
  video_settings: {
    resolution: "1920x1080",
    framerate: 30,
    bitrate: 5000,
    codec: "H.264",
    profile: "High",
    keyframe_interval: 2,
    b_frames: 2,
  },
  audio_settings: { codec: "AAC", bitrate: 128, sample_rate: 48000, channels: "stereo" },
  advanced_settings: { gop_size: 60, rate_control: "CBR", buffer_size: 10000 },
  created_at: "2025-08-20T08:00:00.000Z",
  updated_at: "2025-08-20T08:00:00.000Z",
};

/** The newer shape, in bit/s, under a default's own id: somebody has tuned it. */
export const newPreset = {
  preset_id: "preset_youtube_1080p_optimized",
  name: "YouTube, tuned by hand",
  platform: "youtube",
  type: "platform_specific",
  video: {
    codec: "H264",
    resolution: "1920x1080",
    framerate: 30,
    bitrate: 4_500_000,
    profile: "HIGH",
    level: "4.1",
    gop_size: 60,
    rate_control: "CBR",
  },
  audio: { codec: "AAC", bitrate: 128_000, sample_rate: 48_000, channels: 2 },
  is_default: true,
  is_active: true,
  created_by: "system",
  created_at: "2025-09-01T08:00:00.000Z",
  updated_at: "2025-10-01T08:00:00.000Z",
};
