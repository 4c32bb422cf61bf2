// Presenting is for the whole window: the map's frame takes the page around it along.
"use strict";
window.Corridors ??= {};

{
  /**
   * Let a map present in the page that its frame stands in: that page goes full screen, shows the
   * frame alone while its <html> has `data-presenting`, and its keys count too.
   */
  window.Corridors.stage = (map) => {
    try {
      if (window.parent.document) map.page = window.parent.document;
    } catch {
      // A page of somebody else's: the frame itself is the stage.
    }
  };
}
