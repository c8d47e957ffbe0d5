// What the page gives the map beside the DOM.
declare var L: any;
declare var Streamlit: any;
declare var timemap: any;
declare var timemapAlarm: (message: string) => void;
declare var timemapRun: (map: any, part: string, options: any) => void;
declare var timemapCommand: (order: object) => void;
declare var timemapOrders: any[];
